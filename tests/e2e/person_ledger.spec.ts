// Points by person: a village founded by names chooses it, and from then on the
// activity, the ranking, the passbook, the hall, the papers and the notice are
// about villagers. What was kept by household stays readable.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { axe, expect, openApp, reload, setNow, shot, test } from './support/app.ts';
import { button, saved } from './support/faults.ts';
import { addGoods, found, importHomes, recordPoints, redeemOne } from './support/village.ts';

const roster = path.join(path.dirname(fileURLToPath(import.meta.url)), 'fixtures', '柳湾村花名册.xlsx');
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const paper = async (page: Page, route: string, words: string | RegExp, name: string) => {
  await openApp(page, route);
  await expect(page.getByText(words).first()).toBeVisible();
  await axe(page);
  await shot(page, name);
};

/** Chooses the other kind of accounts, from the settings. */
async function choose(page: Page, words: '改为按人记分' | '改为按户记分') {
  await openApp(page, '#/points?part=settings');
  await button(page, words).click();
  return dialog(page, words);
}

async function pickItem(page: Page, item: string): Promise<void> {
  const select = dialog(page, '登记活动').getByLabel('事项', { exact: true });
  const option = select.locator('option', { hasText: item }).first();
  await select.selectOption((await option.getAttribute('value')) ?? '');
}

test('a village by person, from the choice to the notice', async ({ page }) => {
  await found(page, '柳湾村', '2026-09-20T10:00:00+08:00');
  await openApp(page, '#/import');
  await page.getByLabel('选择花名册文件').setInputFiles(roster);
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await expect(page.getByText('已导入 410 户、1,740 人、74 名党员。').first()).toBeVisible();
  await saved(page);

  const choice = await choose(page, '改为按人记分');
  await expect(choice.getByText(/现有 1,740 人/)).toBeVisible();
  await axe(page);
  await shot(page, 'person-choice');
  await choice.getByRole('button', { name: '改为按人记分' }).click();
  await expect(page.getByText('现在按人记:每人一本存折')).toBeVisible();
  await saved(page);
  await axe(page);
  await shot(page, 'person-settings');

  // The activity: a name, a household's number, and a pasted list with a name that two bear.
  await openApp(page, '#/points');
  await button(page, '登记活动').first().click();
  const activity = dialog(page, '登记活动');
  await pickItem(page, '志愿服务');
  await activity.getByLabel('找人').fill('whl');
  await activity.getByLabel('找人').press('Enter');
  await expect(activity.getByText('名单 1 人')).toBeVisible();
  await activity.getByLabel('找人').fill('2-017');
  await expect(activity.getByRole('listbox', { name: '查到的' }).getByRole('option').nth(1)).toBeVisible();
  await axe(page);
  await shot(page, 'person-activity');
  await activity.getByLabel('找人').press('ArrowDown');
  await activity.getByLabel('找人').press('Enter');
  await expect(activity.getByText('名单 2 人')).toBeVisible();
  await activity.getByRole('button', { name: '粘贴名单' }).click();
  await activity.getByRole('textbox', { name: /^名单/ }).fill('1-088');
  await activity.getByRole('button', { name: '认名单' }).click();
  const doubt = activity.getByRole('list', { name: '要定的名字' });
  await expect(doubt.getByText(/「1-088」有 \d+ 位,是哪一位/)).toBeVisible();
  await shot(page, 'person-names');
  await doubt.getByRole('button').first().click();
  await expect(activity.getByText('名单 3 人')).toBeVisible();
  await activity.getByLabel('每人数量').fill('5');
  await button(page, '登记入账').click();
  await expect(activity).toBeHidden();
  await saved(page);

  // The ranking and the passbook are of villagers; both stay when the page is opened again.
  await openApp(page, '#/points');
  const table = page.getByRole('region', { name: '排行表' });
  await expect(table.getByRole('columnheader', { name: '姓名' })).toBeVisible();
  await expect(table.getByRole('row').nth(1)).toContainText('1 / 1,740');
  await expect(page.getByText('共 1,740 人 · 按得分排列')).toBeVisible();
  await axe(page);
  await shot(page, 'person-ranking');
  await paper(page, '#/points?by=grid', '人均得分', 'person-grids');
  await openApp(page, '#/points');
  await table.getByRole('link', { name: '王海林' }).first().click();
  await expect(page.getByRole('heading', { name: /王海林/ })).toBeVisible();
  await expect(page.getByText('第二网格 · 2-017 户')).toBeVisible();
  await expect(page).toHaveURL(/villager=/);
  await axe(page);
  await shot(page, 'person-passbook');
  await reload(page);
  await expect(page.getByRole('heading', { name: /王海林/ })).toBeVisible();
  await page.getByRole('link', { name: '看户情' }).click();
  const home = page.getByRole('region', { name: '这一户' });
  await expect(home.getByRole('columnheader', { name: '积分' })).toBeVisible();
  await expect(home.getByRole('link', { name: '王海林 的存折,10 分' })).toBeVisible();
  await expect(home.getByText(/积分结余 20 分/)).toBeVisible();
  await axe(page);
  await shot(page, 'person-household');

  // The hall: the same few keys; the household's number lists its people.
  await addGoods(page, '食盐 400 g', 9);
  await openApp(page, '#/hall');
  await page.getByLabel('找人').fill('2-017');
  await expect(page.getByRole('listbox', { name: '查到的人' }).getByRole('option').nth(1)).toBeVisible();
  await page.getByLabel('找人').fill('whl');
  await expect(page.getByRole('option', { name: /王海林 2-017/ })).toBeVisible();
  await page.getByLabel('找人').press('Enter');
  await expect(page.getByRole('heading', { name: '王海林', exact: true })).toBeVisible();
  await expect(page.getByText('和本人关系')).toBeVisible();
  await page.keyboard.press('1');
  await axe(page);
  await shot(page, 'person-hall');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/王海林兑换了 5 分,还剩 5 分/).first()).toBeVisible();
  await expect(page.getByText(/今天已兑/)).toContainText('1 人');
  await saved(page);
  await paper(page, '#/signatures', /合计 1 人、1 笔/, 'person-signatures');
  await paper(page, '#/entitled', /合计 3 人/, 'person-entitled');
  await paper(page, '#/cards', '积分卡', 'person-cards');

  // The notice of September lists people, with one letter of each name hidden.
  await setNow(page, '2026-10-09T09:00:00+08:00');
  await openApp(page, '#/points?part=closing');
  await page.getByLabel('月份').selectOption({ label: '2026年9月' });
  await button(page, '月结2026年9月').click();
  await dialog(page, '月结2026年9月').getByRole('button', { name: '确认月结' }).click();
  await expect(dialog(page, '月结2026年9月')).toHaveCount(0);
  await saved(page);
  await page.getByLabel('网格').selectOption({ label: '第二网格' });
  const placard = page.locator('.placard');
  await expect(placard.getByRole('columnheader', { name: '姓名' }).first()).toBeVisible();
  await expect(placard.getByText('王*林').first()).toBeVisible();
  await expect(placard.getByText('王海林')).toHaveCount(0);
  await expect(placard.getByText(/另有 \d+ 人本月没有一笔记录,也没有结余,没有列出。/)).toBeVisible();
  await axe(page);
  await shot(page, 'person-notice');
  await paper(page, '#/points?part=year', /人参评/, 'person-year');

  // Back to households only when nothing is left behind.
  const back = await choose(page, '改为按户记分');
  await expect(back.getByRole('alert')).toContainText('还有 3 人的积分没有归零');
  await expect(back.getByRole('button', { name: '改为按户记分' })).toHaveCount(0);
  await axe(page);
  await shot(page, 'person-barred');
});

test('what was kept by household stays readable', async ({ page }) => {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await addGoods(page, '食盐 400 g', 9);
  await recordPoints(page, '2026-11-18', ['1-001']);
  const early = await choose(page, '改为按人记分');
  await expect(early.getByRole('alert')).toContainText('还有 1 户的积分没有归零');
  await early.getByRole('button', { name: '知道了' }).click();
  await redeemOne(page, '1-001', '王大山');
  const choice = await choose(page, '改为按人记分');
  await expect(choice.getByText('以前的存折、公示和排行照原样留着')).toBeVisible();
  await choice.getByRole('button', { name: '改为按人记分' }).click();
  await expect(page.getByText('现在按人记')).toBeVisible();
  await saved(page);

  await openApp(page, '#/people');
  await page.getByRole('row').filter({ hasText: '1-001' }).getByRole('link').first().click();
  await page.getByRole('link', { name: '看按户记的旧存折' }).click();
  await expect(page.getByText('这是按户记分时的旧存折,结清了,只供查看和打印。')).toBeVisible();
  await expect(page.getByRole('button', { name: /^冲正/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: '登记这一户' })).toHaveCount(0);
  await axe(page);
  await shot(page, 'person-old-book');
  // The month of the change has the villagers, and the households that scored in it.
  await openApp(page, '#/points?part=closing');
  await expect(page.locator('.placard').getByText('王*山(户)')).toBeVisible();
  await shot(page, 'person-month-of-change');
});
