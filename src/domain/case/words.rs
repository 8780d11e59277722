//! The words by which a case is sorted and judged: source, topic, errand,
//! risk, rating.

use crate::domain::roster::words;

/// Where the village heard of it 「来源」.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// 走访
    Visit,
    /// 来访
    WalkIn,
    /// 网格发现
    Grid,
    /// 十户长
    TenHouseholdHead,
    /// 12345
    Hotline,
    /// 微信接单
    WeChat,
    /// 民情日记
    Diary,
    /// 上级交办
    Superior,
}

words!(Source {
    Visit = "走访",
    WalkIn = "来访",
    Grid = "网格发现",
    TenHouseholdHead = "十户长",
    Hotline = "12345",
    WeChat = "微信接单",
    Diary = "民情日记",
    Superior = "上级交办",
});

/// What it is about 「类别」.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// 基础设施
    Infrastructure,
    /// 环境卫生
    Environment,
    /// 民生保障
    Welfare,
    /// 农业生产
    Farming,
    /// 矛盾纠纷
    Dispute,
    /// 安全隐患
    Hazard,
    /// 政策咨询
    Policy,
    /// 其他
    Other,
}

words!(Topic {
    Infrastructure = "基础设施",
    Environment = "环境卫生",
    Welfare = "民生保障",
    Farming = "农业生产",
    Dispute = "矛盾纠纷",
    Hazard = "安全隐患",
    Policy = "政策咨询",
    Other = "其他",
});

/// 三件事
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// 提醒 小闹钟
    Reminder,
    /// 帮助 好邻里
    Help,
    /// 防范 排雷兵
    Prevention,
}

words!(Errand { Reminder = "提醒", Help = "帮助", Prevention = "防范" });

/// 三色 risk of a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    /// 蓝: settled in the grid.
    Blue,
    /// 黄: settled in the village.
    Yellow,
    /// 红: reported the same day.
    Red,
}

words!(Risk { Blue = "蓝", Yellow = "黄", Red = "红" });

/// 群众评价
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rating {
    /// 非常满意
    VerySatisfied,
    /// 满意
    Satisfied,
    /// 基本满意
    FairlySatisfied,
    /// 不满意
    Dissatisfied,
    /// 非常不满意
    VeryDissatisfied,
}

words!(Rating {
    VerySatisfied = "非常满意",
    Satisfied = "满意",
    FairlySatisfied = "基本满意",
    Dissatisfied = "不满意",
    VeryDissatisfied = "非常不满意",
});

impl Rating {
    /// The first three levels count as satisfied; the others send the case back.
    pub const fn is_satisfied(self) -> bool {
        matches!(self, Self::VerySatisfied | Self::Satisfied | Self::FairlySatisfied)
    }
}
