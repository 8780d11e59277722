// 放假安排: December asks for the next year, the notice is pasted, and what is
// counted in working days follows it.

import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, recordCase, saved } from './support/faults.ts';
import { found, importHomes, recordPoints, stepCase } from './support/village.ts';

/** Made up for this test. */
const NOTICE = `2027年部分节假日安排(测试用)
一、元旦:1月1日(周五)至3日(周日)放假,共3天。
二、春节:2月5日(周五)至11日(周四)放假调休,共7天。2月14日(周日)上班。
三、劳动节:5月1日(周六)至3日(周一)放假,共3天。
四、国庆节:10月1日(周五)至7日(周四)放假调休,共7天。`;

test('the days off of the next year are pasted, and what is counted in working days follows', async ({ page }) => {
  await found(page, '柳湾村', '2026-12-31T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await recordPoints(page, '2026-11-18', ['1-001', '1-002']);
  await recordCase(page, '村口路灯不亮');
  await stepCase(page, '村口路灯不亮', '交办', async () => {
    await page.getByRole('radio', { name: /清单限时办/ }).check();
    await page.getByLabel('清单事项').selectOption({ label: '工程维修(限 5 个工作日内办结)' });
  });
  // Five working days from 31 December, the New Year among them: nobody knows it yet.
  const unknown = '(2027年放假安排还没有录入,按周一到周五算)';
  const sheet = page.getByRole('region', { name: '事项详情' });
  await expect(sheet).toContainText(`1月7日到期${unknown}`);
  await openApp(page, '#/points?part=closing');
  await page.getByLabel('月份').selectOption({ label: '2026年11月' });
  await expect(page.getByText(`异议受理到 1月11日${unknown}`)).toBeVisible();

  await openApp(page);
  const todo = page.getByRole('listitem').filter({ hasText: '2027 年放假安排还没有录入' });
  await expect(todo).toContainText('工作日先按周一到周五算');
  await todo.getByRole('link', { name: '录入' }).click();
  const heading = page.getByRole('heading', { name: '放假安排' });
  const years = page.locator('section').filter({ has: heading });
  await expect(years.getByRole('listitem').first()).toHaveText(/2027 年\s*还没有录入/);
  await button(page, '录入放假安排').click();
  const dialog = page.getByRole('dialog', { name: '录入放假安排' });
  const notice = dialog.getByLabel(/贴在这里/);
  await dialog.getByRole('button', { name: '录入', exact: true }).click();
  await expect(dialog.getByRole('alert')).toHaveText('请先把通知贴在上面的框里。');
  await notice.fill(NOTICE.replace('10月1日(周五)', '10月1日(周四)'));
  await expect(dialog.getByRole('status').last()).toHaveText(
    '2027年10月1日 是周五,贴的文字里写的是周四。请核对年份和日期。',
  );
  await notice.fill(NOTICE);
  const read = dialog.getByRole('status').last();
  await expect(read).toContainText('读出 2027 年:');
  await expect(read).toContainText('1月1日至1月3日 3 天 2月5日至2月11日 7 天');
  await expect(read).toContainText('1 件在办事项的到期日会跟着变。');
  await axe(page);
  await shot(page, 'working-days-pasted');
  await dialog.getByRole('button', { name: '录入', exact: true }).click();
  await expect(dialog).toBeHidden();
  await saved(page);
  await expect(years.getByRole('listitem').first()).toContainText(/2027 年\s*已录入/);
  await years.getByText('2027 年').click();
  await expect(years.getByText('调休上班').first()).toBeVisible();
  await axe(page);
  await shot(page, 'working-days-known');

  // What was counted in working days is counted again, and nothing asks for the year.
  await openApp(page, '#/cases');
  await page.getByRole('link', { name: '村口路灯不亮' }).first().click();
  await expect(sheet).toContainText('1月8日到期');
  await expect(sheet).not.toContainText('还没有录入');
  await setNow(page, '2027-01-04T09:00:00+08:00');
  await openApp(page);
  await expect(page.getByRole('heading', { name: '今天要办' })).toBeVisible();
  await expect(page.getByText('放假安排还没有录入')).toHaveCount(0);
});
