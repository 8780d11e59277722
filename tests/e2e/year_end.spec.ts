// 年终清零 comes up by itself in the last days of December where the village has
// settled on it, and goes when it is done.

import { axe, expect, openApp, reload, setNow, shot, test } from './support/app.ts';
import { button, saved } from './support/faults.ts';
import { found, importHomes, mergeFile, recordPoints, saveFile, startFrom } from './support/village.ts';

test('clearing at the end of the year is offered until it is done', async ({ page }) => {
  await found(page, '柳湾村', '2025-12-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河'], ['1-003', '陈秀云']]);
  await recordPoints(page, '2025-12-18', ['1-001', '1-002']);
  await openApp(page, '#/points?part=settings');
  await page.getByLabel('没兑的积分').selectOption({ label: '12 月 31 日清零' });
  await page.getByRole('button', { name: '保存设置' }).click();
  await saved(page);
  const todo = page.getByRole('list', { name: '今天要办' }).getByRole('listitem').filter({ hasText: '年终清零' });
  for (const [now, words] of [
    ['2025-12-24', undefined],
    ['2025-12-27', '12月31日 起可以清零'],
    ['2026-01-03', '清零以后才能月结12月'],
  ] as const) {
    await setNow(page, `${now}T09:00:00+08:00`);
    await openApp(page, '#/cases');
    await openApp(page, '#/');
    await expect(page.getByText('今天要办').first()).toBeVisible();
    await expect(todo).toHaveCount(words ? 1 : 0);
    if (words) {
      await expect(todo).toContainText('2025年年终清零:2 户共 10 分');
      await expect(todo).toContainText(words);
    }
  }
  await axe(page);
  await shot(page, 'year-end-todo');
  // It leads to the old year, not to the new one.
  await todo.getByRole('link').click();
  await page.getByRole('button', { name: '2025年年终清零' }).click();
  await expect(page.getByRole('dialog')).toContainText('2 户的 10 分会各记一行「清零」');
  await shot(page, 'year-end-dialog');
  await page.getByRole('dialog').getByRole('button', { name: '确认清零' }).click();
  await saved(page);
  await openApp(page, '#/');
  await expect(page.getByText('今天要办').first()).toBeVisible();
  await expect(todo).toHaveCount(0);
});

test('a passbook is filtered, and its address says how', async ({ page }) => {
  await found(page, '柳湾村', '2026-01-10T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  for (const day of ['2025-11-18', '2025-12-18', '2026-01-05']) {
    await recordPoints(page, day, ['1-001']);
  }
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王大山' }).click();
  const lines = page.getByRole('region', { name: '存折明细', exact: true });
  const balances = lines.locator('tbody .table__strong');
  await expect(lines.getByRole('status')).toHaveText('共 3 条:加 15、扣 0、兑 0');
  await lines.getByLabel('时间').selectOption({ label: '2025年第四季度' });
  await expect(lines.getByRole('status')).toHaveText('2025年第四季度,2 / 3 条:加 10、扣 0、兑 0');
  await expect(balances).toHaveText(['10', '5']);
  await lines.getByLabel('事项').selectOption({ label: '环境整治' });
  await expect(page).toHaveURL(/period=2025q4&item=%E7/);
  await lines.getByLabel('加减').selectOption({ label: '兑换' });
  await expect(lines.getByText('没有符合的记录。')).toBeVisible();
  await axe(page);
  await shot(page, 'passbook-none');
  await reload(page);
  await expect(lines.getByRole('status')).toHaveText('2025年第四季度 · 兑换 · 环境整治,0 / 3 条:加 0、扣 0、兑 0');
  await lines.getByLabel('加减').selectOption({ label: '加分、扣分、兑换' });
  await page.emulateMedia({ media: 'print' });
  await expect(lines.getByText('2025年第四季度 · 环境整治,2 / 3 条')).toBeVisible();
  await expect(lines.getByLabel('时间')).toBeHidden();
  await shot(page, 'passbook-filtered-print');
  await page.emulateMedia({ media: 'screen' });
  await shot(page, 'passbook-filtered');
  await lines.getByRole('link', { name: '全部显示' }).click();
  await expect(balances).toHaveText(['15', '10', '5']);
});

test('a year that both laptops cleared is settled on one', async ({ page, other }) => {
  await found(page, '柳湾村', '2025-12-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await recordPoints(page, '2025-12-18', ['1-001', '1-002']);
  await startFrom(other, await saveFile(page, 'begin.cunzhi'), '2025-12-20T10:00:00+08:00');
  for (const [laptop, now] of [[page, '2026-01-03T09:00:00+08:00'], [other, '2026-01-03T10:00:00+08:00']] as const) {
    await setNow(laptop, now);
    await openApp(laptop, '#/points?part=year&year=2025');
    await button(laptop, '2025年年终清零').click();
    await laptop.getByRole('dialog').getByRole('button', { name: '确认清零' }).click();
    await saved(laptop);
  }
  await mergeFile(page, await saveFile(other, 'other.cunzhi'));
  await openApp(page, '#/data');
  const row = page.getByRole('list', { name: '冲突', exact: true }).getByRole('listitem');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('2025年群众积分年终清零');
  await expect(row).toContainText('2 个账户,先记的共 10 分,后记的共 10 分');
  await row.scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'conflict-year-end');
  const unsettled = await saveFile(page, 'unsettled.cunzhi');
  await openApp(page, '#/data');
  await row.getByRole('button', { name: '保留先记的' }).click();
  await expect(page.getByRole('heading', { name: /两台电脑的冲突/ })).toHaveCount(0);
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王大山' }).click();
  const lines = page.getByRole('region', { name: '存折明细', exact: true });
  await expect(lines.getByRole('row', { name: /冲正.*两台电脑各清零了一次,只算一次/ })).toContainText('+5');
  await expect(lines.locator('tbody .table__strong').first()).toHaveText('0');
  await shot(page, 'year-end-settled');

  // The other laptop keeps the other one, so that both are taken back: it is cleared again.
  await mergeFile(other, unsettled);
  await openApp(other, '#/data');
  await other.getByRole('button', { name: '改用后记的' }).click();
  await expect(other.getByRole('heading', { name: /两台电脑的冲突/ })).toHaveCount(0);
  await mergeFile(page, await saveFile(other, 'unlike.cunzhi'));
  await openApp(page, '#/data');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('两次都冲正了:2 个账户的 10 分没有清');
  await row.scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'conflict-year-uncleared');
  await row.getByRole('button', { name: '再清一次' }).click();
  await expect(page.getByRole('heading', { name: /两台电脑的冲突/ })).toHaveCount(0);
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王大山' }).click();
  await expect(lines.getByRole('row', { name: /清零 2025年年终清零/ }).first()).toContainText('−5');
  await expect(lines.locator('tbody .table__strong').first()).toHaveText('0');
});
