// Two laptops of one village: both record, exchange their save files, see what
// comes in before it does, settle what contradicts, and end up with one book.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, demo, recordCase, saved } from './support/faults.ts';
import {
  addGoods, alike, found, importHomes, mergeFile, picture, previewMerge, recordPoints, redeemOne, saveFile, startFrom, stepCase,
  type Home,
} from './support/village.ts';

const HOMES: Home[] = [['1-001', '王大山'], ['1-002', '李长河'], ['1-003', '陈秀云']];
const LIGHT = '二组路灯不亮';

const conflicts = (page: Page) => page.getByRole('list', { name: '冲突', exact: true });
const conflict = (page: Page, words: string | RegExp) =>
  conflicts(page).getByRole('listitem').filter({ hasText: words });

test('two laptops record, exchange, settle, and have one book', async ({ page, other }) => {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await importHomes(page, HOMES);
  await addGoods(page, '食盐 400 g', 1);
  await recordPoints(page, '2026-11-18', ['1-001', '1-002']);
  await recordCase(page, LIGHT);
  await startFrom(other, await saveFile(page, 'begin.cunzhi'), '2026-11-20T09:30:00+08:00');

  // Both go on, and do not know of each other.
  await setNow(page, '2026-11-21T09:00:00+08:00');
  await recordPoints(page, '2026-11-20', ['1-003']);
  await redeemOne(page, '1-001', '王大山');
  await importHomes(page, [['3-001', '赵立春']]);
  await stepCase(page, LIGHT, '交办', () => page.getByRole('radio', { name: /小事立即办/ }).check());
  await stepCase(page, LIGHT, '开始办理');
  await stepCase(page, LIGHT, '办结反馈', () => page.getByLabel('办理结果').fill('换了灯泡'));

  await setNow(other, '2026-11-21T10:00:00+08:00');
  await recordPoints(other, '2026-11-19', ['1-001', '1-003']);
  await redeemOne(other, '1-002', '李长河');
  await importHomes(other, [['3-001', '赵立春']]);
  await stepCase(other, LIGHT, '交办', async () => {
    await other.getByRole('radio', { name: /解释退回办/ }).check();
    await other.getByRole('textbox', { name: /向群众说明的理由/ }).fill('是电力公司的灯');
  });

  // The first takes the other's file.
  const others = await saveFile(other, 'other-1.cunzhi');
  const preview = await previewMerge(page, others);
  await expect(preview.getByText(/另一台电脑 A\(编号 [0-9A-F]{4}\):\d+ 笔新记录/)).toBeVisible();
  await expect(preview.getByText('1 户 · 2 人 · 2 条积分 · 1 次兑换')).toBeVisible();
  await expect(preview.getByRole('heading', { name: '合并后有 3 处冲突要您处理' })).toBeVisible();
  await axe(page);
  await shot(page, 'merge-preview');
  await preview.getByRole('button', { name: '合并', exact: true }).click();
  await expect(page.getByText(/^已合并:进来 \d+ 笔新记录\(1 户/)).toBeVisible();
  await shot(page, 'merge-done');
  await expect(page.locator('.snapshots__one').filter({ hasText: '合并' })).toHaveCount(1);
  await openApp(page, '#/');
  await expect(page.getByText('两台电脑的记录有 3 处冲突')).toBeVisible();
  await shot(page, 'overview-conflicts');
  await page.getByRole('link', { name: '两台电脑的记录有 3 处冲突' }).click();
  await expect(conflicts(page).getByRole('listitem')).toHaveCount(3);
  await axe(page);
  await shot(page, 'conflicts');

  // Merging the same once more brings nothing.
  await previewMerge(page, others);
  await expect(page.getByText('里面没有新内容,本机已经全有了,不用合并。')).toBeVisible();
  await axe(page);
  await shot(page, 'merge-nothing');

  // Each is settled in its own way.
  await expect(conflict(page, LIGHT)).toContainText('换了灯泡');
  await expect(conflict(page, LIGHT)).toContainText('解释退回');
  await conflict(page, LIGHT).getByRole('button', { name: '保留先记的' }).click();
  await expect(conflicts(page).getByRole('listitem')).toHaveCount(2);
  await conflict(page, '食盐').getByRole('button', { name: '登记盘点' }).click();
  const count = page.getByRole('dialog', { name: '登记盘点' });
  await count.getByLabel(/^实有数量/).fill('零');
  await count.getByRole('button', { name: '确定' }).click();
  await expect(count.getByRole('alert')).toContainText('清点的数量要填整数');
  await axe(page);
  await shot(page, 'conflict-count');
  await count.getByLabel(/^实有数量/).fill('0');
  await count.getByRole('button', { name: '确定' }).click();
  await expect(count.getByRole('alert')).toContainText('请写明差异原因');
  await count.getByLabel('差异原因').fill('两边各发了一袋,其中一袋是自己垫的');
  await count.getByRole('button', { name: '确定' }).click();
  await expect(conflicts(page).getByRole('listitem')).toHaveCount(1);
  // Another number would do as well; it must be free.
  await conflict(page, '3-001').getByRole('button', { name: '是两户,给后一户改号' }).click();
  const number = page.getByRole('dialog', { name: '给后一户改户号' });
  await number.getByLabel('新户号').fill('1-001');
  await number.getByRole('button', { name: '确定' }).click();
  await expect(number.getByRole('alert')).toContainText('1-001');
  await axe(page);
  await shot(page, 'conflict-number');
  await number.getByRole('button', { name: '取消' }).click();
  await conflict(page, '3-001').getByRole('button', { name: '是同一户,合并' }).click();
  await expect(page.getByRole('heading', { name: /两台电脑的冲突/ })).toHaveCount(0);

  // The other takes all of that over, settlements too.
  const ours = await saveFile(page, 'first-2.cunzhi');
  const back = await previewMerge(other, ours);
  await expect(back.getByText('两边没有冲突。')).toBeVisible();
  await shot(other, 'merge-back');
  await mergeFile(other, ours);
  await expect(other.getByRole('heading', { name: /两台电脑的冲突/ })).toHaveCount(0);

  // And back again: nothing is left to say, and both are the same.
  await previewMerge(page, await saveFile(other, 'other-2.cunzhi'));
  await expect(page.getByText('里面没有新内容')).toBeVisible();
  await setNow(other, '2026-11-21T11:00:00+08:00');
  await setNow(page, '2026-11-21T11:00:00+08:00');
  await alike(other, page);
});

test('what was previewed is not merged into what has changed since', async ({ page, other }) => {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await importHomes(page, HOMES);
  await startFrom(other, await saveFile(page, 'begin.cunzhi'), '2026-11-20T09:30:00+08:00');
  for (const laptop of [page, other]) {
    await importHomes(laptop, [['3-001', '赵立春']]);
  }
  await mergeFile(page, await saveFile(other, 'first.cunzhi'));
  await recordCase(other, '那边记的');
  const theirs = await saveFile(other, 'second.cunzhi');
  const preview = await previewMerge(page, theirs);
  await expect(preview.getByText('1 件事项')).toBeVisible();

  // The conflict above the preview is settled: what was worked out is out of date.
  await conflict(page, '3-001').getByRole('button', { name: '是同一户,合并' }).click();
  await expect(page.getByRole('heading', { name: /两台电脑的冲突/ })).toHaveCount(0);
  await saved(page);
  await preview.getByRole('button', { name: '合并', exact: true }).click();
  const refused = page.getByText('预览之后本机又记了新内容,没有合并。请重新选择文件,再看一遍预览。');
  await expect(refused.first()).toBeVisible();
  await expect(preview).toHaveCount(0);
  await refused.first().scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'merge-out-of-date');
  await openApp(page, '#/cases?all=1');
  await expect(page.getByText(/未办结/).first()).toBeVisible();
  await expect(page.getByText('那边记的')).toHaveCount(0);

  // Looked at once more it comes in, and the conflict stays settled.
  await mergeFile(page, theirs);
  await expect(page.getByRole('heading', { name: /两台电脑的冲突/ })).toHaveCount(0);
  await openApp(page, '#/cases?all=1');
  await expect(page.getByText('那边记的').first()).toBeVisible();
});

/** Fills in one of the settings and saves them. */
async function set(page: Page, label: string, value: string): Promise<void> {
  await openApp(page, '#/points?part=settings');
  await saved(page);
  await page.getByLabel(label).fill(value);
  await button(page, '保存设置').click();
  await expect(page.getByText('设置已保存').first()).toBeVisible();
  await saved(page);
}

test('settings of both laptops, and what they gave together, are told', async ({ page, other }) => {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await importHomes(page, HOMES);
  await set(page, '全年最多发', '12');
  await startFrom(other, await saveFile(page, 'begin.cunzhi'), '2026-11-20T09:30:00+08:00');
  await setNow(page, '2026-11-21T09:00:00+08:00');
  await set(page, '起兑分', '10');
  await recordPoints(page, '2026-11-18', ['1-001', '1-002']);
  await setNow(other, '2026-11-21T10:00:00+08:00');
  await set(other, '起兑分', '20');
  await recordPoints(other, '2026-11-19', ['1-001', '1-002']);
  await mergeFile(page, await saveFile(other, 'other.cunzhi'));
  // The strip says at once what the checks found.
  await expect(page.getByText('2026年各户一共得了 20 分,全年最多发 12 分,多发 8 分').first()).toBeVisible();
  await openApp(page, '#/data');
  const row = conflict(page, '积分设置');
  await expect(row).toContainText('起兑分现在 10 分,那边 20 分');
  await row.scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'conflict-settings');
  await row.getByRole('button', { name: '改用那边的' }).click();
  await expect(page.getByRole('heading', { name: /两台电脑的冲突/ })).toHaveCount(0);
  await openApp(page, '#/points?part=settings');
  await expect(page.getByLabel('起兑分')).toHaveValue('20');
  await mergeFile(other, await saveFile(page, 'first.cunzhi'));
  await expect(other.getByRole('heading', { name: /两台电脑的冲突/ })).toHaveCount(0);
});

test('one roster imported on both laptops is joined in one go', async ({ page, other }) => {
  const homes = Array.from({ length: 60 }, (_, place): Home => [
    `2-${String(place + 1).padStart(3, '0')}`, `周${'甲乙丙丁戊己庚辛壬癸'[place % 10]}${'一二三四五六'[Math.floor(place / 10)]}`,
  ]);
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await startFrom(other, await saveFile(page, 'begin.cunzhi'), '2026-11-20T09:30:00+08:00');
  await importHomes(page, homes);
  await importHomes(other, [...homes.slice(0, 59), ['2-060', '吴长海']]);
  const file = await saveFile(other, 'other.cunzhi');
  await mergeFile(page, file);
  await button(page, '去处理 60 处冲突').click();
  await expect(conflicts(page).getByRole('listitem')).toHaveCount(10);
  await button(page, '再显示 10 处(还有 50 处)').click();
  await expect(conflicts(page).getByRole('listitem')).toHaveCount(20);
  await expect(page.getByText('还有 40 处')).toBeVisible();
  await axe(page);
  await shot(page, 'conflicts-many');
  await button(page, '59 户两边都建了:全部合并').click();
  const ask = page.getByRole('dialog', { name: '全部合并' });
  await axe(page);
  await shot(page, 'conflicts-join-ask');
  // It may be done before one looks from here: the page itself takes note.
  await page.evaluate(() => {
    const isShown = () => !!document.querySelector('[role="progressbar"][aria-label="合并进度"], progress[aria-label="合并进度"]');
    const seen = Object.assign(window, { progressSeen: false });
    new MutationObserver(() => (seen.progressSeen ||= isShown())).observe(document.body, { childList: true, subtree: true });
  });
  await ask.getByRole('button', { name: '全部合并', exact: true }).click();
  await expect(page.getByText('已合并 59 户。')).toBeVisible({ timeout: 60_000 });
  expect(await page.evaluate(() => (window as unknown as { progressSeen: boolean }).progressSeen)).toBe(true);
  await expect(conflicts(page).getByRole('listitem')).toHaveCount(1);
  await expect(conflict(page, '2-060')).toContainText('吴长海');
});

/** Another price for the goods, and a limit. */
async function changeTerms(page: Page, name: string, price: string, limit: string): Promise<void> {
  await openApp(page, '#/goods');
  await page.getByRole('row', { name: new RegExp(name) }).getByRole('button', { name: '更改' }).click();
  const dialog = page.getByRole('dialog', { name: '更改物品' });
  await dialog.getByLabel('积分单价').fill(price);
  await dialog.getByLabel('每户每季最多兑').fill(limit);
  await dialog.getByRole('button', { name: '保存更改' }).click();
  await expect(dialog).toBeHidden();
  await saved(page);
}

test('what both wrote differently is shown, kept, and chosen', async ({ page, other }) => {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await addGoods(page, '食盐 400 g', 10);
  await startFrom(other, await saveFile(page, 'begin.cunzhi'), '2026-11-20T09:30:00+08:00');
  await changeTerms(page, '食盐', '6', '2');
  await changeTerms(other, '食盐', '7', '');
  for (const desk of [page, other]) await importHomes(desk, [['3-002', '钱二喜'], ['3-003', '孙三顺']]);
  await addGoods(page, '肥皂', 3);
  await addGoods(other, '肥皂', 4);
  // 3-001 differs, 3-002 does not.
  await importHomes(page, [['3-001', '赵立春']], { phone: '13900000001', kind: '联户党员', address: '村东头 3 号' });
  await importHomes(other, [['3-001', '赵立春']], { phone: '13900000002', kind: '联户党员', address: '村西头 9 号' });

  const preview = await previewMerge(page, await saveFile(other, 'other.cunzhi'));
  const differences = page.getByRole('region', { name: '两边写得不一样的' });
  await expect(differences.getByRole('row', { name: /「食盐 400 g」的单价和限兑/ })).toContainText('7 分一袋');
  await axe(page);
  await shot(page, 'merge-differences');
  await preview.getByRole('button', { name: '合并', exact: true }).click();
  await expect(page.getByText(/^已合并:进来/)).toBeVisible();
  await expect(differences.getByRole('row', { name: /6 分一袋.*7 分一袋.*7 分一袋/ })).toBeVisible();
  await axe(page);
  await shot(page, 'merge-done-differences');

  // The household that differs is not joined with the others.
  await button(page, '2 户两边都建了:全部合并').click();
  await page.getByRole('dialog', { name: '全部合并' }).getByRole('button', { name: '全部合并', exact: true }).click();
  await expect(page.getByText('已合并 2 户。')).toBeVisible({ timeout: 30_000 });
  await expect(conflicts(page).getByRole('listitem')).toHaveCount(2);
  await conflict(page, '3-001').getByRole('button', { name: '是同一户,合并' }).click();
  const join = page.getByRole('dialog', { name: '合并成一户' });
  await expect(join.getByRole('row', { name: '地址 村东头 3 号 村西头 9 号' })).toBeVisible();
  await expect(join.getByRole('row', { name: '赵立春的联系电话 13900000001 13900000002' })).toBeVisible();
  await axe(page);
  await shot(page, 'conflict-join');
  await join.getByRole('button', { name: '照后建的合并' }).click();
  await expect(join).toBeHidden();
  await expect(conflict(page, '肥皂')).toContainText('库存 3 袋');
  await shot(page, 'conflict-goods');
  await conflict(page, '肥皂').getByRole('button', { name: '是同一种,合并' }).click();
  await expect(page.getByRole('heading', { name: /两台电脑的冲突/ })).toHaveCount(0);

  // Who was imported on both began once, and the texts are those that were chosen.
  await openApp(page, '#/people');
  await page.getByRole('link', { name: /3-001/ }).first().click();
  await expect(page.getByText('村西头 9 号')).toBeVisible();
  await openApp(page, '#/points?members=1');
  await expect(page.getByRole('row', { name: /赵立春/ })).toContainText('60');
  await shot(page, 'joined-member');
  await openApp(page, '#/goods');
  await expect(page.getByRole('row', { name: /肥皂/ }).first()).toContainText('7');
  await shot(page, 'joined-goods');
  await mergeFile(other, await saveFile(page, 'first.cunzhi'));
  await setNow(other, '2026-11-21T11:00:00+08:00');
  await setNow(page, '2026-11-21T11:00:00+08:00');
  await alike(other, page);
});

test('files that cannot be merged say why, and nothing changes', async ({ page, other }) => {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await importHomes(page, HOMES);
  await found(other, '河口村', '2026-11-20T09:00:00+08:00');
  const before = await picture(page);
  const stranger = await saveFile(other, 'stranger.cunzhi');
  await previewMerge(page, stranger);
  const alert = page.getByRole('alert');
  await expect(alert.filter({ hasText: '这是「河口村」的保存文件,和本机的「柳湾村」不是同一本账,不能合并。' })).toBeVisible();
  await axe(page);
  await shot(page, 'merge-refused');

  // Given up before anything is written: as it was.
  const own = await saveFile(page, 'own.cunzhi');
  await importHomes(page, [['9-001', '周小满']]);
  await previewMerge(page, own);
  await expect(page.getByText('里面没有新内容')).toBeVisible();
  expect((await picture(page)).length).toBe(before.length);

  // A window that only reads offers nothing.
  const second = await page.context().newPage();
  await openApp(second, '#/data');
  await expect(second.getByText('另一个窗口正在登记,这里只能看。所以这里也不能合并。')).toBeVisible();
  await expect(second.getByLabel('选择另一台电脑的保存文件')).toHaveCount(0);
  await second.close();
});

test('a file under a passphrase is merged, and the demo village has no conflicts', async ({ page, other }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await startFrom(other, await saveFile(page, 'begin.cunzhi'), '2026-11-22T10:00:00+08:00');
  await recordCase(other, '西头水渠漏水');
  await openApp(other, '#/data');
  await other.getByRole('radio', { name: /^加密/ }).check();
  await other.getByRole('textbox', { name: /^口令/ }).fill('村东头第三棵老槐树');
  await other.getByLabel('再输一次').fill('村东头第三棵老槐树');
  const [started] = await Promise.all([
    other.waitForEvent('download'), button(other, '下载加密的保存文件').click(),
  ]);
  const sealed = test.info().outputPath('other.cunzhi.age');
  await started.saveAs(sealed);
  await previewMerge(page, sealed);
  await page.getByLabel('口令', { exact: true }).fill('村东头第三棵老槐树');
  await button(page, '打开').click();
  const preview = page.getByRole('region', { name: '合并会进来什么' });
  await expect(preview.getByText('1 件事项')).toBeVisible({ timeout: 30_000 });
  await expect(preview.getByText('两边没有冲突。')).toBeVisible();
  await preview.getByRole('button', { name: '合并', exact: true }).click();
  await expect(page.getByText(/^已合并:进来 \d+ 笔新记录\(1 件事项\)/)).toBeVisible();
  await openApp(page, '#/cases?all=1');
  await expect(page.getByText('西头水渠漏水').first()).toBeVisible();
});
