//! What is brought before the demo village: titles of cases with what was done
//! about them. Invented, but of the kind that village halls hear every week.

use crate::domain::case::record::{Errand, Risk, Topic};

/// A matter: its title, kind, and what was done.
pub(super) struct Matter {
    pub title: &'static str,
    pub topic: Topic,
    pub errand: Errand,
    pub done: &'static str,
}

const fn matter(title: &'static str, topic: Topic, errand: Errand, done: &'static str) -> Matter {
    Matter { title, topic, errand, done }
}

use Errand::{Help, Prevention, Reminder};
use Topic::{Environment, Farming, Hazard, Infrastructure, Other, Policy, Welfare};

/// Matters that are not disputes.
pub(super) const MATTERS: &[Matter] = &[
    matter("二组路灯不亮", Infrastructure, Help, "已更换灯头,当晚恢复照明"),
    matter("门前排水沟淤堵", Infrastructure, Help, "组织清淤,排水通畅"),
    matter("高龄补贴认证代办", Welfare, Help, "上门拍照认证,已通过"),
    matter("村道井盖松动", Hazard, Prevention, "已加固井盖并复查"),
    matter("七组自来水压力小", Infrastructure, Help, "更换老旧阀门,水压恢复"),
    matter("垃圾桶满溢未清运", Environment, Help, "联系清运车当天清走"),
    matter("河边堆放建筑垃圾", Environment, Reminder, "当事户已自行清运"),
    matter("医保缴费不会操作", Welfare, Help, "网格员上门代缴"),
    matter("残疾证到期换证", Welfare, Help, "代办材料,已领新证"),
    matter("老人独居需定期看望", Welfare, Help, "安排每周两次走访"),
    matter("机耕路雨后塌陷", Infrastructure, Help, "填石压实,可以通车"),
    matter("三组水塘无防护栏", Hazard, Prevention, "已装护栏和警示牌"),
    matter("电线垂落影响通行", Hazard, Prevention, "供电所已抬高线路"),
    matter("玉米地病虫害求助", Farming, Help, "农技员到田指导用药"),
    matter("农机补贴怎么申请", Policy, Help, "讲清流程并帮填申请表"),
    matter("耕地地力补贴未到账", Farming, Help, "核对账号后已补发"),
    matter("秸秆离田没人来收", Farming, Help, "联系合作社统一打捆"),
    matter("灌溉渠漏水", Farming, Help, "修补渠底三处裂缝"),
    matter("养老金认证人脸不过", Welfare, Help, "到村部用专机认证通过"),
    matter("新生儿落户咨询", Policy, Help, "一次告知所需材料"),
    matter("宅基地翻建怎么报批", Policy, Reminder, "讲清条件和流程"),
    matter("低保复核材料准备", Welfare, Help, "帮助整理材料并送镇上"),
    matter("村口弯道视线不好", Hazard, Prevention, "安装凸面镜"),
    matter("流浪犬出没", Hazard, Prevention, "联系收容,已捕走两只"),
    matter("广场健身器材损坏", Infrastructure, Help, "更换螺栓并加固"),
    matter("公厕无人打扫", Environment, Help, "明确保洁员每日两扫"),
    matter("养殖户粪水外溢", Environment, Reminder, "加高围堰,签整改单"),
    matter("路边柴草堆占道", Environment, Reminder, "当天清理完毕"),
    matter("网络信号差", Infrastructure, Help, "运营商已调整天线"),
    matter("五组变压器噪声大", Infrastructure, Help, "检修后噪声下降"),
    matter("冬季取暖用火提醒", Hazard, Reminder, "逐户查看烟道,发放报警器"),
    matter("燃气瓶放在卧室", Hazard, Prevention, "当场移到室外"),
    matter("孩子暑假无人看管", Welfare, Help, "安排进暑期托管班"),
    matter("外出务工信息咨询", Policy, Help, "推荐三家用工企业"),
    matter("疑似诈骗电话求证", Other, Prevention, "确认为诈骗,未转账"),
    matter("汛期低洼户转移", Hazard, Prevention, "六人转移到村小学"),
    matter("古树枯枝掉落", Hazard, Prevention, "修剪枯枝三处"),
    matter("果园滞销求帮助", Farming, Help, "联系社区团购卖出八百斤"),
    matter("大棚被大风掀膜", Farming, Help, "组织志愿者抢修"),
    matter("厕改后管道返味", Environment, Help, "加装存水弯"),
    matter("残疾人无障碍坡道", Welfare, Help, "门前坡道已修好"),
    matter("老人走失寻找", Other, Help, "两小时内在邻村找到"),
    matter("快递点搬远不方便", Other, Help, "村部设代收点"),
    matter("庄稼被野猪糟蹋", Farming, Help, "帮助报损,加装驱赶灯"),
    matter("校车停靠点积水", Infrastructure, Help, "垫高路面"),
    matter("合疗报销差额疑问", Policy, Reminder, "逐项解释报销比例"),
    matter("退伍军人优待证办理", Welfare, Help, "代为预约并陪同办理"),
    matter("消防栓被杂物遮挡", Hazard, Prevention, "清走杂物并画线"),
];

/// Disputes: title, usual risk, and what settled them.
pub(super) const DISPUTES: &[(&str, Risk, &str)] = &[
    ("宅基地边界纠纷", Risk::Yellow, "现场丈量,双方签字认可界线"),
    ("田埂被挖起争执", Risk::Blue, "恢复田埂,握手言和"),
    ("滴水檐淌水到邻家", Risk::Blue, "加装雨落管"),
    ("灌溉放水先后争执", Risk::Blue, "排定放水次序"),
    ("土地流转租金拖欠", Risk::Yellow, "分两次付清,立字据"),
    ("兄弟赡养老人分歧", Risk::Yellow, "议定轮流照料和费用"),
    ("婚约彩礼返还争议", Risk::Red, "法律顾问释法,双方达成书面协议"),
    ("务工工资拖欠", Risk::Red, "镇劳动所到场,工资当面付清"),
    ("树枝遮光邻里不和", Risk::Blue, "修剪树枝"),
    ("养鸡气味扰邻", Risk::Blue, "鸡舍后移,每天清扫"),
    ("门前停车占道", Risk::Blue, "划定停车位"),
    ("狗伤人医药费", Risk::Yellow, "养犬户承担医药费"),
    ("林地界址不清", Risk::Yellow, "查阅林权证,立界桩"),
    ("夫妻争吵邻居劝解", Risk::Yellow, "多次上门劝解,关系缓和"),
    ("分家财产争议", Risk::Yellow, "请乡贤主持,写下分单"),
    ("建房挡路", Risk::Blue, "让出一米通道"),
    ("广场舞音响扰民", Risk::Blue, "定下时间和音量"),
    ("合伙养殖账目不清", Risk::Yellow, "当面对账,结清余款"),
    ("交通事故赔偿分歧", Risk::Red, "交警和村里共同调解"),
    ("坟地迁移意见不一", Risk::Yellow, "两家商定位置"),
    ("借款到期不还", Risk::Blue, "约定还款日期"),
    ("水井使用争执", Risk::Blue, "轮流取水"),
];

/// Reasons told when a matter is explained and returned.
pub(super) const EXPLAINED: &[&str] = &[
    "不在补贴范围内,已当面讲清政策条款",
    "属于承包合同约定,已解释合同内容",
    "今年项目已安排完,讲明明年申报时间",
    "事项属个人之间约定,已告知可走的途径",
];
/// To whom matters are reported.
pub(super) const SUPERIORS: &[&str] =
    &["清河镇综合执法队", "清河镇供电所", "清河镇水利站", "清河镇民政办", "临河县自然资源局"];
/// Why the clock is stopped.
pub(super) const SUSPENDED: &str = "等待配件到货,已告知反映人";
/// What the person said who was not satisfied.
pub(super) const COMPLAINTS: &[&str] = &["修了两天又坏了", "没有讲清楚,不认可", "只来看过一次,问题还在"];
