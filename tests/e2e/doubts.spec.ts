// What two laptops did that no rule would have let one of them do: the goods
// are gone, so it stands, and the strip says so until it was looked at.

import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { banner, button, saved } from './support/faults.ts';
import {
  addGoods, found, importHomes, mergeFile, recordPoints, redeemOne, saveFile, startFrom,
} from './support/village.ts';

test('a redemption that knew nothing of a veto is told after merging', async ({ page, other }) => {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await addGoods(page, '食盐 400 g', 9);
  await recordPoints(page, '2026-11-18', ['1-001', '1-002']);
  await startFrom(other, await saveFile(page, 'begin.cunzhi'), '2026-11-20T09:30:00+08:00');

  // The first stops the household; the other, which does not know of it, hands out goods.
  await setNow(page, '2026-11-21T09:00:00+08:00');
  await openApp(page, '#/points?part=vetoes');
  await button(page, '登记一票否决').first().click();
  const form = page.getByRole('dialog', { name: '登记一票否决' });
  await form.getByLabel('找户').fill('1-001');
  await form.getByRole('button', { name: /王大山/ }).click();
  await form.getByLabel('理由').fill('违规占用耕地建棚');
  await form.getByLabel('文号').fill('柳村发〔9〕号');
  await form.getByLabel(/会议/).first().fill('村民代表会议');
  await form.getByRole('button', { name: '登记', exact: true }).click();
  await expect(form).toBeHidden();
  await saved(page);
  await setNow(other, '2026-11-21T15:00:00+08:00');
  await redeemOne(other, '1-001', '王大山');
  // Both record what counts once a day.
  await recordPoints(other, '2026-11-19', ['1-002']);
  await recordPoints(page, '2026-11-19', ['1-002']);

  await setNow(page, '2026-11-21T18:00:00+08:00');
  await mergeFile(page, await saveFile(other, 'other.cunzhi'));
  const strip = banner(page).filter({ hasText: '处不对' });
  await expect(strip).toContainText('2 处');
  await expect(strip).toContainText('1-002 户 2026年11月19日 的「环境整治」5 分超过了上限(每日 1 次)');
  await expect(strip).toContainText('1-001 户 2026年11月21日 兑换 5 分时,另一台电脑已经登记停兑。');
  await axe(page);
  await shot(page, 'doubts');

  // It stays on every page until it was looked at or put away.
  await page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '总览' }).click();
  await expect(strip).toBeVisible();
  await shot(page, 'doubts-overview');
  await strip.getByRole('button', { name: '去核对' }).click();
  await expect(page.getByRole('heading', { name: '核对账本' })).toBeInViewport();
  await button(page, '开始核对').click();
  await expect(page.locator('.checks__sentence')).toHaveCount(2);
  await expect(page.locator('.checks__sentence').last()).toContainText('另一台电脑已经登记停兑。');
  await axe(page);
  await shot(page, 'doubts-checked');
  await expect(page.getByText('✓ 两本账的指纹都能从记录重新算出')).toBeVisible();

  // Whoever restores such a file is told the same.
  const both = await saveFile(page, 'both.cunzhi');
  await setNow(other, '2026-11-21T19:00:00+08:00');
  await openApp(other, '#/data');
  await other.getByLabel('选择保存文件').setInputFiles(both);
  await button(other, '用它替换本机数据').click();
  const restored = banner(other).filter({ hasText: '处不对' });
  await expect(restored).toContainText('2 处');
  await expect(restored).toContainText('另一台电脑已经登记停兑。');

  // What is put right is told no more, and the rest still is.
  await other.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '积分' }).click();
  await other.getByRole('link', { name: '李长河' }).first().click();
  await other.getByRole('button', { name: '冲正 11月19日 环境整治' }).first().click();
  await other.getByLabel('冲正的原因').fill('两台电脑记重了');
  await button(other, '确认冲正').click();
  await saved(other);
  await expect(restored).toContainText('1 处');
  await expect(restored).not.toContainText('超过了上限');
  await expect(restored).toContainText('另一台电脑已经登记停兑。');
  await shot(other, 'doubts-fewer');
  await restored.getByRole('button', { name: '知道了' }).click();
  await expect(restored).toHaveCount(0);
});
