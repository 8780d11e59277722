// Changes of people: they count from their date, and what was before stays.

import { axe, expect, openApp, shot, test } from './support/app.ts';
import { button, demo, saved } from './support/faults.ts';

test('a household found by the search box stands in its place in the list', async ({ page }) => {
  await demo(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('4-099');
  await expect(page.getByRole('list', { name: '查找结果' }).getByText(/4-099/)).toBeVisible();
  await page.keyboard.press('Enter');
  const row = page.getByRole('region', { name: '户的清单' }).getByRole('row').filter({ hasText: '4-099' });
  await expect(row).toBeInViewport();
  await expect(page.getByRole('region', { name: '这一户' })).toBeVisible();
  await axe(page);
  await shot(page, 'people-found');
});

test('a member changes type, and somebody dies', async ({ page }) => {
  await demo(page);
  await openApp(page, '#/people?part=members');
  const row = page.getByRole('row').filter({ hasText: '无职党员' }).first();
  const name = (await row.getByRole('link').first().textContent())?.trim() ?? '';
  await row.getByRole('link').nth(1).click();
  const panel = page.getByRole('region', { name: '这一户' });
  await expect(panel).toBeVisible();
  const choice = panel.getByLabel('个人资料');
  const label = (await choice.locator('option').allTextContents()).find((text) => text.startsWith(name));
  await choice.selectOption({ label: label ?? '' });
  await button(page, '登记变更').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('变更为').selectOption({ label: '无职党员' });
  await dialog.getByRole('button', { name: '登记变更' }).click();
  await expect(dialog.getByText('已经是「无职党员」,不用变更。')).toBeVisible();
  await dialog.getByLabel('变更为').selectOption({ label: '联户党员' });
  await axe(page);
  await shot(page, 'change-person');
  await dialog.getByRole('button', { name: '登记变更' }).click();
  await saved(page);
  await expect(panel.getByRole('row').filter({ hasText: name }).getByText('联户党员')).toBeVisible();

  await choice.selectOption({ label: label ?? '' });
  await button(page, '登记变更').click();
  await dialog.getByLabel('什么变更').selectOption({ label: '去世' });
  await dialog.getByRole('button', { name: '登记变更' }).click();
  await saved(page);
  const line = panel.getByRole('row').filter({ hasText: name });
  await expect(line.getByText(/去世$/)).toBeVisible();
  await expect(line.getByText('联户党员')).toHaveCount(0);
  await axe(page);
  await shot(page, 'person-gone');
});
