// What is told and recorded under rules of one's own: points chosen from a
// range, scores by type of member, caps of a category, two hands, and what the
// village has for it in goods, budget and points of the year.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, demo, saved } from './support/faults.ts';
import { addGoods, found, importHomes, recordPoints, takeUpDispute } from './support/village.ts';

const told = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: words }).first()).toBeVisible();
const activity = (page: Page) => page.getByRole('dialog', { name: '登记活动' });
const alert = (page: Page, words: string) => page.getByRole('alert').filter({ hasText: words });
const hand = (page: Page, name: string) => page.getByLabel('经手人').selectOption(name);

/** Opens 登记活动 and chooses date and item. */
async function begin(page: Page, item: string, date?: string, members = false) {
  await openApp(page, members ? '#/points?members=1' : '#/points');
  await button(page, '登记活动').first().click();
  const dialog = activity(page);
  if (date) {
    await dialog.getByLabel('日期').fill(date);
  }
  const select = dialog.getByLabel('事项', { exact: true });
  await select.selectOption((await select.locator('option', { hasText: item }).first().getAttribute('value')) ?? '');
  return dialog;
}

/** Takes somebody onto the list. */
async function take(page: Page, text: string, label = '找户'): Promise<void> {
  await activity(page).getByLabel(label).fill(text);
  await activity(page).getByLabel(label).press('Enter');
  await expect(activity(page).getByRole('status').filter({ hasText: text })).toContainText('已加');
}

/** The first party member of the type, by name. */
async function memberOf(page: Page, kind: string): Promise<string> {
  await openApp(page, '#/people?part=members');
  const row = page.getByRole('row').filter({ hasText: kind }).first();
  return (await row.getByRole('link').first().innerText()).trim();
}

/** Lets one person enter points alone. */
async function oneHand(page: Page): Promise<void> {
  await openApp(page, '#/points?part=settings');
  await page.getByRole('checkbox', { name: /^加分由登记人以外的人审核/ }).uncheck();
  await button(page, '保存设置').click();
  await saved(page);
}

test('points are chosen from a range, and a category has its cap', async ({ page }) => {
  await found(page, '柳湾村', '2026-09-26T10:00:00+08:00');
  await importHomes(page, [['1-001', '王海林'], ['1-002', '周五']]);
  await recordPoints(page, '2026-09-20', ['1-001']);

  // A version in which 环境整治 leaves a range, and its category a cap.
  await openApp(page, '#/points?rules=1');
  await page.getByRole('link', { name: /编辑新版/ }).click();
  await button(page, '环境整治').click();
  await page.getByRole('dialog', { name: '改事项' }).getByLabel(/^分值/).fill('3~8');
  await button(page, '放进草稿').click();
  await page.getByText('类别合计上限').click();
  await page.getByRole('textbox', { name: '环境卫生' }).fill('每月12分');
  await page.getByLabel('施行日期').fill('2026-10-01');

  // The meeting votes on a sheet.
  await button(page, '看样张').click();
  await expect(page.getByText('柳湾村群众积分细则(草案)')).toBeVisible();
  await expect(page.getByText('拟从 2026年10月1日 起施行')).toBeVisible();
  await expect(page.getByText('本类加分合计最多每月 12 分')).toBeVisible();
  await expect(page.getByRole('list', { name: '和上一版的不同' })).toContainText('分值 +5 → +3~+8');
  await axe(page);
  await shot(page, 'rules-proof');
  await page.emulateMedia({ media: 'print' });
  await expect(button(page, '打印草案')).toBeHidden();
  await expect(page.getByText('柳湾村群众积分细则(草案)')).toBeVisible();
  await shot(page, 'rules-proof-print');
  await page.emulateMedia({ media: 'screen' });
  await button(page, '继续编辑').click();
  await page.getByLabel('到会人数').fill('52');
  await page.getByLabel('会议决定').fill('到会 52 人,48 人同意');
  await button(page, '启用新版').click();
  await expect(page.getByText('新版细则已启用').first()).toBeVisible();
  await saved(page);

  await setNow(page, '2026-10-06T10:00:00+08:00');
  const dialog = await begin(page, '环境整治', '2026-10-05');
  await take(page, '1-001');
  await expect(dialog.getByText('共 1 户,— 分')).toBeVisible();
  await button(page, '登记入账').click();
  await expect(alert(page, '分值要在 3 到 8 之间。')).toBeVisible();
  await dialog.getByLabel('分值(3 到 8)').fill('8');
  await expect(dialog.getByText('共 1 户,+8 分')).toBeVisible();
  await expect(dialog.getByRole('group', { name: '未兑付' })).toContainText('入账后未兑付 13 分(合 13 元)');
  await shot(page, 'activity-range');
  await axe(page);
  await button(page, '登记入账').click();
  await expect(dialog).toBeHidden();
  await saved(page);

  // 12 a month: 8 more do not fit, 3 would; and another item of the category neither.
  await begin(page, '环境整治', '2026-10-06');
  await take(page, '1-001');
  await dialog.getByLabel('分值(3 到 8)').fill('8');
  await button(page, '登记入账').click();
  await expect(alert(page, '环境卫生类每月 12 分')).toBeVisible();
  await shot(page, 'activity-category-cap');
  await dialog.getByLabel('分值(3 到 8)').fill('4');
  await button(page, '登记入账').click();
  await expect(dialog).toBeHidden();
  await saved(page);
  await begin(page, '庭院达标');
  await dialog.getByLabel('找户').fill('1-001');
  await dialog.getByLabel('找户').press('Enter');
  await expect(dialog.getByRole('status').filter({ hasText: '1-001' })).toContainText('本月已满,没有加进名单');
  await dialog.getByLabel('找户').fill('');
  await dialog.getByRole('button', { name: '关闭' }).click();

  // Two claims of one batch get points of their own.
  for (const date of ['2026-10-05', '2026-10-06']) {
    await begin(page, '环境整治', date);
    await take(page, '1-002');
    await button(page, '先报待审').click();
    await expect(dialog).toBeHidden();
    await saved(page);
  }
  await openApp(page, '#/points?part=review');
  const points = page.getByLabel(/^周五 环境整治 的分值/);
  await points.nth(0).fill('5');
  await page.getByRole('checkbox', { name: /周五/ }).nth(1).check();
  await expect(page.getByText('1 条的分值要在那一行里填')).toBeVisible();
  await points.nth(1).fill('7');
  await expect(page.getByRole('heading', { name: '选中 2 条' })).toBeVisible();
  await shot(page, 'review-ranges');
  await axe(page);
  await points.nth(1).press('Enter');
  await told(page, '已通过 2 条。');
  await saved(page);
  await expect(page.getByRole('row', { name: /周五/ }).filter({ hasText: '已入账 +7' })).toBeVisible();
  await expect(page.getByRole('row', { name: /周五/ }).filter({ hasText: '已入账 +5' })).toBeVisible();

  // What is taken back is marked, and the reversal names it.
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王海林' }).first().click();
  await page.getByRole('button', { name: '冲正 9月20日 环境整治' }).click();
  await page.getByLabel('冲正的原因').fill('误登他户');
  await button(page, '确认冲正').click();
  await saved(page);
  const table = page.getByRole('region', { name: '存折明细表' });
  await expect(table.getByRole('row').filter({ hasText: '9月20日' }).filter({ hasText: '已冲正' })).toBeVisible();
  await expect(table.getByText('更正 9月20日 环境整治 +5,误登他户')).toBeVisible();
  await axe(page);
  await shot(page, 'passbook-reversed');
});

test('members score by their type, and grids are ticked as a whole', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await oneHand(page);
  const [migrant, linked] = [await memberOf(page, '流动党员'), await memberOf(page, '联户党员')];
  const dialog = await begin(page, '参加三会一课', undefined, true);
  await take(page, migrant, '找党员');
  await take(page, linked, '找党员');
  await expect(dialog.getByText('共 2 人,+5 分')).toBeVisible();
  await expect(dialog.getByRole('group', { name: '未兑付' })).toHaveCount(0);
  await axe(page);
  await shot(page, 'activity-members');
  await button(page, '登记入账').click();
  await told(page, '已登记入账:2 人,共 +5 分。');
  await saved(page);
  await openApp(page, '#/points?members=1');
  await page.getByRole('link', { name: migrant }).first().click();
  const first = page.getByRole('region', { name: '存折明细表' }).getByRole('row').nth(1);
  await expect(first).toContainText('参加三会一课');
  await expect(first).toContainText('+3');

  // A grid by one tick, and one household taken off again.
  await begin(page, '治安巡逻');
  const grid = dialog.getByRole('group', { name: '按网格勾选' }).locator('details').filter({ hasText: '第二网格' });
  await grid.locator('summary').click();
  await grid.getByRole('checkbox', { name: '全选 第二网格' }).check();
  await expect(grid.locator('summary')).toHaveText(/已选 (\d+) \/ \1 户/);
  const all = Number((await grid.locator('summary').innerText()).match(/\/ (\d+) 户/)?.[1]);
  expect(all).toBeGreaterThan(50);
  await expect(dialog.getByText(`共 ${all} 户,+${all * 5} 分`)).toBeVisible();
  await grid.getByRole('checkbox', { name: /^2-017/ }).uncheck();
  await expect(dialog.getByText(`共 ${all - 1} 户,+${(all - 1) * 5} 分`)).toBeVisible();
  await expect(grid.getByRole('checkbox', { name: '全选 第二网格' })).not.toBeChecked();
  await shot(page, 'activity-ticks');
  await button(page, '登记入账').click();
  await told(page, `已登记入账:${all - 1} 户,共 +${(all - 1) * 5} 分。`);
});

test('where it takes two, points are told of first, of members too', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await hand(page, '周建国');
  const migrant = await memberOf(page, '流动党员');
  const dialog = await begin(page, '线上学习', undefined, true);
  await take(page, migrant, '找党员');
  await expect(button(page, '登记入账')).toHaveCount(0);
  await shot(page, 'activity-two-hands');
  await dialog.getByLabel('找党员').press('Control+Enter');
  await told(page, '已报待审:1 人。');
  await saved(page);
  // Taking points away needs nobody else.
  await begin(page, '无故缺席', undefined, true);
  await expect(button(page, '登记入账')).toBeVisible();
  await dialog.getByRole('button', { name: '关闭' }).click();

  await openApp(page, '#/points?members=1&part=review');
  await hand(page, '陈秀兰');
  await page.getByRole('checkbox', { name: new RegExp(`${migrant} 线上学习`) }).check();
  await button(page, /^通过/).click();
  await told(page, '已通过 1 条。');
  await saved(page);
  await expect(page.getByRole('row').filter({ hasText: migrant }).filter({ hasText: '已入账 +2' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: migrant })).toContainText('周建国登记 · 陈秀兰审核');
  await axe(page);
  await shot(page, 'review-members');
});

test('budget and the points of a year stand beside every approval', async ({ page }) => {
  await found(page, '柳湾村', '2026-09-26T10:00:00+08:00');
  await importHomes(page, [['1-001', '王海林'], ['1-002', '周五']]);
  await recordPoints(page, '2026-09-20', ['1-001', '1-002']);
  await openApp(page, '#/points?part=settings');
  await page.getByLabel(/^物品预算/).fill('8');
  await page.getByLabel(/^全年最多发/).fill('15');
  const effect = page.getByRole('list', { name: '设置的效果' });
  await expect(effect).toContainText('库存值 0 元,加上预算 8 元,还差 2 元。');
  await expect(effect).toContainText('2026年已发 10 分,还可以发 5 分。');
  await axe(page);
  await shot(page, 'settings-budget');
  await button(page, '保存设置').click();
  await saved(page);

  const dialog = await begin(page, '调解邻里纠纷');
  await take(page, '1-001');
  const gauge = dialog.getByRole('group', { name: '未兑付' });
  await expect(gauge).toContainText('库存加上预算还差 12 元。');
  await expect(gauge).toContainText('入账后2026年共发 20 / 15 分');
  await expect(gauge).toContainText('超过 2026年最多发的 15 分,多 5 分。');
  await shot(page, 'activity-gauge');
  await axe(page);
  await button(page, '登记入账').click();
  await expect(alert(page, '2026年最多发 15 分,已发 10 分,这次要发 10 分,超了 5 分。')).toBeVisible();
  await button(page, '先报待审').click();
  await expect(dialog).toBeHidden();
  await saved(page);
  await openApp(page, '#/points?part=review');
  await page.getByRole('checkbox', { name: /王海林/ }).check();
  await expect(page.getByText('20 / 15 分')).toBeVisible();
  await shot(page, 'review-gauge');
  await button(page, /^通过/).click();
  await expect(alert(page, '2026年最多发 15 分')).toBeVisible();
  await addGoods(page, '食盐', 0);
  await expect(page.getByText('预算 8 元')).toBeVisible();
  await expect(page.getByText('库存加预算还差 2 元')).toBeVisible();
});

test('an objection that is turned down says so in the passbook', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await openApp(page, '#/points?part=closing');
  const waiting = page.getByRole('button', { name: /^处理 .* 的异议$/ }).first();
  const about = (await waiting.getAttribute('aria-label')) ?? '';
  const number = about.match(/^处理 (\d-\d{3}) /)?.[1] ?? '';
  await waiting.click();
  const decide = page.getByRole('dialog', { name: '处理异议' });
  await expect(decide.getByRole('radio', { name: /^维持/ })).toBeChecked();
  await decide.getByLabel('处理的理由').fill('签到表和照片都在,本户有人到场');
  await decide.getByRole('button', { name: '确认处理' }).click();
  await told(page, '异议已处理:维持原记录。');
  await saved(page);
  const decided = page.getByRole('list', { name: '处理过的异议' });
  await expect(decided.getByRole('listitem').first()).toContainText('签到表和照片都在');
  await expect(decided.getByRole('listitem').filter({ hasText: '维持' })).not.toHaveCount(0);
  await axe(page);
  await shot(page, 'closing-decided');
  await decided.getByRole('link', { name: new RegExp(number) }).click();
  await expect(page.getByText(`${number} 户`).first()).toBeVisible();
  const table = page.getByRole('region', { name: '存折明细表' });
  await expect(table.getByText(/异议维持:签到表和照片都在,本户有人到场/)).toBeVisible();
  await shot(page, 'passbook-kept');
});

test('what a dispute earns is told of by one, entered by the other, and once', async ({ page }) => {
  await found(page, '柳湾村', '2026-09-26T10:00:00+08:00');
  await importHomes(page, [['1-001', '王海林'], ['1-002', '周五']]);
  await openApp(page, '#/points?part=settings');
  for (const name of ['周建国', '陈秀兰']) {
    await page.getByLabel('姓名').fill(name);
    await button(page, '添加').click();
    await expect(page.getByRole('button', { name: `停用 ${name}` })).toBeVisible();
    await saved(page);
  }
  const { sheet, step, confirm } = await takeUpDispute(page);
  await step('办结反馈');
  await page.getByLabel('办理结果').fill('握手言和');
  await page.getByRole('radio', { name: '已化解' }).check();
  await confirm();
  const address = page.url();
  await hand(page, '周建国');
  const dialog = page.getByRole('dialog', { name: '登记化解得分' });
  const tell = async () => {
    await step('给群众记化解分');
    await dialog.getByLabel('找户').fill('1-001');
    await dialog.getByLabel('找户').press('Enter');
    await button(page, '先报待审').click();
  };
  await tell();
  await expect(dialog).toBeHidden();
  await saved(page);
  await expect(sheet.getByRole('link', { name: '王海林 · 调解邻里纠纷 待审' })).toBeVisible();
  await shot(page, 'case-reward-waits');
  await openApp(page, '#/points?part=review');
  await hand(page, '陈秀兰');
  await expect(page.getByRole('row', { name: /王海林/ })).toContainText('0001 号事项');
  await page.getByRole('checkbox', { name: /王海林/ }).check();
  await button(page, /^通过/).click();
  await told(page, '已通过 1 条。');
  await saved(page);
  await page.goto(address);
  await expect(sheet.getByRole('link', { name: '王海林 · 调解邻里纠纷 +10' })).toBeVisible();
  await tell();
  await expect(alert(page, '其中 1 个账户已经因为这件事项得过分')).toBeVisible();
  await axe(page);
  await shot(page, 'reward-twice');
});
