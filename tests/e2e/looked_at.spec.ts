// What two laptops did that nothing undoes any more: somebody looks into it, says
// so, and it is settled. And two rule books that were adopted at once.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, saved } from './support/faults.ts';
import { addGoods, found, importHomes, mergeFile, recordPoints, redeemOne, saveFile, startFrom } from './support/village.ts';

const row = (page: Page, words: string | RegExp) =>
  page.getByRole('list', { name: '冲突', exact: true }).getByRole('listitem').filter({ hasText: words });
const noConflicts = (page: Page) => expect(page.getByRole('heading', { name: /两台电脑的冲突/ })).toHaveCount(0);

/** Both laptops have two households with points, and goods. */
async function both(page: Page, other: Page): Promise<void> {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李秋河']]);
  await addGoods(page, '食盐', 9);
  await recordPoints(page, '2026-10-18', ['1-001', '1-002']);
  await recordPoints(page, '2026-11-18', ['1-001', '1-002']);
  await startFrom(other, await saveFile(page, 'begin.cunzhi'), '2026-11-20T09:30:00+08:00');
}

test('goods that were handed out during a veto are looked into', async ({ page, other }) => {
  await both(page, other);
  await setNow(page, '2026-11-21T09:00:00+08:00');
  await openApp(page, '#/points?part=vetoes');
  await button(page, '登记一票否决').click();
  const form = page.getByRole('dialog', { name: '登记一票否决' });
  await form.getByLabel('找户').fill('1-001');
  await form.getByRole('button', { name: /王大山/ }).click();
  await form.getByLabel('理由').fill('违规占用耕地建棚,限期未拆除');
  await form.getByLabel('文号').fill('柳村发〔9〕号');
  await form.getByRole('button', { name: '登记', exact: true }).click();
  await expect(form).toBeHidden();
  await saved(page);
  await setNow(other, '2026-11-21T10:00:00+08:00');
  await redeemOne(other, '1-001', '王大山');

  await mergeFile(page, await saveFile(other, 'other.cunzhi'));
  await openApp(page, '#/data');
  await expect(row(page, '王大山')).toContainText('兑换 5 分时,另一台电脑已经登记停兑');
  await expect(row(page, '王大山')).toContainText('请向领取人核实');
  await row(page, '王大山').scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'looked-at-redemption');
  await row(page, '王大山').getByRole('button', { name: '已核实' }).click();
  await noConflicts(page);
  await saved(page);
  // It stays settled, also for the checks and for the other laptop.
  await openApp(page, '#/');
  await openApp(page, '#/data');
  await button(page, '开始核对').click();
  await expect(page.getByText(/全部 [\d,]+ 笔记录都没有被改动过/)).toBeVisible();
  await noConflicts(page);
  await setNow(other, '2026-11-21T11:00:00+08:00');
  await mergeFile(other, await saveFile(page, 'first.cunzhi'));
  await openApp(other, '#/data');
  await noConflicts(other);
});

test('a closed month that got one more entry is hung up anew', async ({ page, other }) => {
  await both(page, other);
  await setNow(other, '2026-11-21T08:30:00+08:00');
  await recordPoints(other, '2026-10-20', ['1-002']);
  await setNow(page, '2026-11-21T09:00:00+08:00');
  await openApp(page, '#/points?part=closing');
  await button(page, '月结2026年10月').click();
  const close = page.getByRole('dialog', { name: '月结2026年10月' });
  await close.getByRole('button', { name: '确认月结' }).click();
  await expect(close).toBeHidden();
  await saved(page);

  await mergeFile(page, await saveFile(other, 'other.cunzhi'));
  await openApp(page, '#/data');
  const month = row(page, '2026年10月群众积分');
  await expect(month).toContainText('公示重新贴出以后点「已重新公示」。');
  await month.scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'looked-at-month');
  await month.getByRole('button', { name: '已重新公示' }).click();
  await noConflicts(page);
  await saved(page);
  await openApp(page, '#/');
  await openApp(page, '#/data');
  await noConflicts(page);
});

/** Another version from today on, in which 环境整治 scores so much. */
async function adopt(page: Page, points: string): Promise<void> {
  await openApp(page, '#/points?rules=1');
  await page.getByRole('link', { name: /编辑新版/ }).click();
  await expect(page.getByText('启用以前都不算数')).toBeVisible();
  await button(page, '环境整治').click();
  const item = page.getByRole('dialog', { name: '改事项' });
  await item.getByLabel(/^分值/).fill(points);
  await item.getByRole('button', { name: '放进草稿' }).click();
  await expect(item).toBeHidden();
  await page.getByLabel('到会人数').fill('52');
  await page.getByLabel('会议决定').fill('到会 52 人,48 人同意');
  await page.getByLabel('施行日期').fill('2026-11-21');
  await button(page, '启用新版').click();
  await expect(page.getByText('新版细则已启用').first()).toBeVisible();
  await saved(page);
}

test('two rule books adopted at once: each entry keeps the one it was scored under', async ({ page, other }) => {
  await both(page, other);
  await setNow(page, '2026-11-21T09:00:00+08:00');
  await adopt(page, '7');
  await recordPoints(page, '2026-11-21', ['1-001']);
  await setNow(other, '2026-11-21T10:00:00+08:00');
  await adopt(other, '9');
  await recordPoints(other, '2026-11-21', ['1-002']);

  const merged = async (laptop: Page) => {
    await openApp(laptop, '#/points?rules=1');
    const versions = laptop.getByRole('navigation', { name: '细则版本' }).getByRole('link');
    await expect(versions).toHaveCount(3);
    await expect(versions.filter({ hasText: '没有算数' })).toHaveCount(1);
    for (const [name, points] of [['王大山', '+7'], ['李秋河', '+9']] as const) {
      await openApp(laptop, '#/points');
      await laptop.getByRole('link', { name }).first().click();
      const lines = laptop.getByRole('region', { name: '存折明细', exact: true });
      await expect(lines.getByRole('row', { name: /环境整治/ }).first()).toContainText(points);
    }
  };
  const [ours, theirs] = [await saveFile(page, 'first.cunzhi'), await saveFile(other, 'other.cunzhi')];
  await setNow(page, '2026-11-21T11:00:00+08:00');
  await mergeFile(page, theirs);
  await openApp(page, '#/data');
  await expect(row(page, '细则')).toContainText('照它记过的分不变');
  await row(page, '细则').scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'conflict-rules');
  await merged(page);
  await openApp(page, '#/points?rules=1');
  await page.getByRole('navigation', { name: '细则版本' }).getByRole('link', { name: /没有算数/ }).click();
  await expect(page.getByRole('row').filter({ hasText: '环境整治' }).first()).toContainText('+9');
  await axe(page);
  await shot(page, 'rules-set-aside');
  await setNow(other, '2026-11-21T11:00:00+08:00');
  await mergeFile(other, ours);
  await merged(other);
  await openApp(page, '#/data');
  await row(page, '细则').getByRole('button', { name: '知道了' }).click();
  await noConflicts(page);
});
