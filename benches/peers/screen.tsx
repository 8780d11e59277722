// The same screen in React: rail, bar, toolbar, and the table with all rows.

import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Ranked } from './sums.ts';
import { loadRanking } from './village.ts';

const DATABASE = 'bench-village';
const PLACES = ['总览', '民情', '积分', '兑换日', '村情', '报表', '数据'];
const ORDINALS = ['一', '二', '三', '四'];

function signed(points: number): string {
  if (points === 0) {
    return '';
  }
  return points > 0 ? `+${points}` : `−${-points}`;
}

function Rail(): ReactNode {
  return (
    <nav className="rail" aria-label="主要栏目">
      <div className="rail__brand">
        村治 <small className="rail__village">柳湾村</small>
      </div>
      {PLACES.map((place) => {
        const current = place === '积分';
        return (
          <a
            key={place}
            className={current ? 'rail__link rail__link--current' : 'rail__link'}
            href={`#/${place}`}
            aria-current={current ? 'page' : undefined}
          >
            {place}
          </a>
        );
      })}
      <div className="rail__foot">还没有保存文件</div>
    </nav>
  );
}

function Bar({ quarter }: { quarter: string }): ReactNode {
  const [text, setText] = useState('');
  return (
    <header className="bar">
      <h1 className="bar__title">积分</h1>
      <span className="bar__quarter">{quarter}</span>
      <div className="search" role="search">
        <input
          className="input search__input"
          type="search"
          aria-label="查找"
          placeholder="找人、找户、找事项:拼音首字母、姓名、编号"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <kbd className="search__key">Ctrl K</kbd>
      </div>
      <span className="saved" role="status">✓ 已保存</span>
    </header>
  );
}

function Choices({ label, choices }: { label: string; choices: string[] }): ReactNode {
  return (
    <nav className="choices" aria-label={label}>
      {choices.map((choice, at) => (
        <a
          key={choice}
          className={at === 0 ? 'choices__one choices__one--current' : 'choices__one'}
          href={`#/${choice}`}
          aria-current={at === 0 ? 'page' : undefined}
        >
          {choice}
        </a>
      ))}
    </nav>
  );
}

function Row({ row, count }: { row: Ranked; count: number }): ReactNode {
  const { place, household, earned, deducted, redeemed, balance } = row;
  return (
    <tr className="ranking__row" onClick={() => location.assign(`#/points/${household.id}`)}>
      <td className="table__number">{`${place} / ${count}`}</td>
      <td>{household.number}</td>
      <td>
        <a className="ranking__name" href={`#/points/${household.id}`}>{household.head}</a>
      </td>
      <td className="table__quiet">
        {household.unit === '' ? household.grid : `${household.grid} · ${household.unit}`}
      </td>
      <td className="table__number plus">{signed(earned)}</td>
      <td className="table__number minus">{signed(deducted)}</td>
      <td className="table__number">{signed(earned + deducted) || '0'}</td>
      <td className="table__number">{redeemed || ''}</td>
      <td className="table__number table__strong">{balance}</td>
    </tr>
  );
}

function Table({ rows }: { rows: Ranked[] }): ReactNode {
  return (
    <table className="table">
      <caption className="table__caption">积分排行,点姓名看存折</caption>
      <thead>
        <tr>
          <th scope="col" className="table__number ranking__place">位次</th>
          <th scope="col">户号</th>
          <th scope="col">户主</th>
          <th scope="col">网格 · 单元</th>
          <th scope="col" className="table__number">加分</th>
          <th scope="col" className="table__number">扣分</th>
          <th scope="col" className="table__number">得分</th>
          <th scope="col" className="table__number">兑换</th>
          <th scope="col" className="table__number">现在结余</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.household.id} row={row} count={rows.length} />
        ))}
      </tbody>
    </table>
  );
}

/** The whole page. */
export function Screen(): ReactNode {
  const [all, setAll] = useState<Ranked[]>();
  const [grid, setGrid] = useState('');
  const now = useMemo(() => new Date(), []);
  const [year, quarter] = [now.getFullYear(), Math.floor(now.getMonth() / 3)];
  useEffect(() => {
    const month = (of: number) => year * 10_000 + of * 100;
    loadRanking(DATABASE, month(quarter * 3 + 1) + 1, month(quarter * 3 + 3) + 31).then(setAll);
  }, [year, quarter]);
  if (!all) {
    return <p className="opening">正在打开本村…</p>;
  }
  const grids = [...new Set(all.map((row) => row.household.grid))].sort();
  const rows = grid === '' ? all : all.filter((row) => row.household.grid === grid);
  return (
    <div className="frame">
      <Rail />
      <Bar quarter={`${year}年第${ORDINALS[quarter]}季度`} />
      <main className="main">
        <div className="toolbar">
          <Choices label="账本" choices={['群众积分', '党员积分']} />
          <Choices label="积分栏目" choices={['排行', '细则']} />
          <div className="toolbar__end">
            <button type="button" className="button button--primary">
              登记活动 <kbd aria-hidden="true">A</kbd>
            </button>
          </div>
        </div>
        <section className="sheet" aria-label="排行">
          <div className="ranking__head">
            <label className="ranking__filter">
              网格
              <select className="input" value={grid} onChange={(event) => setGrid(event.target.value)}>
                <option value="">全村</option>
                {grids.map((name) => (
                  <option key={name} value={name}>{name}</option>
                ))}
              </select>
            </label>
            <p className="ranking__count">共 {rows.length} 户 · 按得分排列</p>
          </div>
          <div className="points__scroll" tabIndex={0} role="region" aria-label="排行表">
            <Table rows={rows} />
          </div>
        </section>
      </main>
    </div>
  );
}
