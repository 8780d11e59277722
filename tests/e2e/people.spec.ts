// Changes of people: they count from their date, and what was before stays.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, demo, lookUp, saved } from './support/faults.ts';

/** Records a change of the first person whose entry in the list begins with the name. */
async function change(page: Page, name: string, what: string): Promise<void> {
  const choice = page.getByRole('region', { name: '这一户' }).getByLabel('个人资料');
  await expect(choice.locator('option').filter({ hasText: name }).first()).toBeAttached();
  const label = (await choice.locator('option').allTextContents()).find((text) => text.startsWith(name));
  await choice.selectOption({ label: label ?? '' });
  await button(page, '登记变更').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('什么变更').selectOption({ label: what });
  await dialog.getByRole('button', { name: '登记变更' }).click();
  await expect(dialog).toBeHidden();
  await saved(page);
}

/** What the search of the form says about an account that is typed and entered. */
async function ask(page: Page, members: boolean, typed: string): Promise<string> {
  await openApp(page, members ? '#/points?members=1' : '#/points');
  await button(page, '登记活动').first().click();
  const dialog = page.getByRole('dialog', { name: '登记活动' });
  const find = dialog.getByLabel(members ? '找党员' : '找户');
  await find.fill(typed);
  await find.press('Enter');
  const said = dialog.getByRole('status').filter({ hasText: /已加|没有/ }).first();
  const words = await said.innerText();
  await shot(page, members ? 'people-transferred' : 'people-away');
  await dialog.getByRole('button', { name: '关闭' }).click();
  await expect(dialog).toBeHidden();
  return words;
}

test('a household found by the search box stands in its place in the list', async ({ page }) => {
  await demo(page);
  await lookUp(page, '4-099', /4-099/);
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
  const name = (await row.getByRole('link').first().innerText()).trim();
  await row.getByRole('link').nth(1).click();
  const panel = page.getByRole('region', { name: '这一户' });
  await expect(panel).toBeVisible();
  const choice = panel.getByLabel('个人资料');
  await expect(choice.locator('option').filter({ hasText: name }).first()).toBeAttached();
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
  await expect(dialog).toBeHidden();
  await saved(page);
  await expect(panel.getByRole('row').filter({ hasText: name }).getByText('联户党员')).toBeVisible();

  await choice.selectOption({ label: label ?? '' });
  await button(page, '登记变更').click();
  await dialog.getByLabel('什么变更').selectOption({ label: '去世' });
  await dialog.getByRole('button', { name: '登记变更' }).click();
  await expect(dialog).toBeHidden();
  await saved(page);
  const line = panel.getByRole('row').filter({ hasText: name });
  await expect(line.getByText(/去世$/)).toBeVisible();
  await expect(line.getByText('联户党员')).toHaveCount(0);
  await axe(page);
  await shot(page, 'person-gone');
});

test('a household moves away and comes back; its points stay', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await openApp(page, '#/people');
  // Somebody who lives alone and has points: number, head, grid, unit, group, people.
  const alone = page.getByRole('row').filter({ has: page.getByRole('cell', { name: /^\d-\d{3}$/ }) });
  await expect(alone.first()).toBeVisible();
  const rows = await alone.evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim())));
  const home = rows.find((cells) => cells[5] === '1' && cells.at(-1) !== '0') ?? [];
  const [number = '', head = ''] = home;
  const balance = home.at(-1) ?? '';
  await page.getByRole('link', { name: number, exact: true }).click();
  const panel = page.getByRole('region', { name: '这一户' });
  await change(page, head, '迁出');
  await expect(panel.getByText(/迁出$/)).toBeVisible();
  await expect(panel.getByText(`积分结余 ${balance} 分`)).toBeVisible();
  await axe(page);
  await shot(page, 'people-moved');
  expect(await ask(page, false, number)).toContain('全户不在村,没有加进名单');

  // Whoever has moved cannot move again, and scores again after coming back.
  await openApp(page, '#/people');
  await page.getByRole('link', { name: number, exact: true }).click();
  await button(page, '登记变更').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('什么变更').selectOption({ label: '迁出' });
  await dialog.getByRole('button', { name: '登记变更' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: '已经登记迁出了。' })).toBeVisible();
  await dialog.getByRole('button', { name: '取消' }).click();
  await change(page, head, '迁回');
  await expect(panel.getByText(/迁出$/)).toHaveCount(0);
  expect(await ask(page, false, number)).toContain('已加');
});

test('a membership goes to another place: no more points, and those there are stay', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await openApp(page, '#/people?part=members');
  // The one of the past year is marked.
  await expect(page.getByRole('row').filter({ hasText: '组织关系转出' })).toHaveCount(1);
  const row = page.getByRole('row').filter({ hasText: '村组干部' }).first();
  const name = (await row.getByRole('link').first().innerText()).trim();
  const points = await row.getByRole('cell').last().innerText();
  await row.getByRole('link').nth(1).click();
  await change(page, name, '组织关系转出');
  const line = page.getByRole('row').filter({ hasText: name }).filter({ hasText: '组织关系转出' });
  await expect(line.last()).toBeVisible();
  await axe(page);
  expect(await ask(page, true, name)).toContain('没有找到');
  await openApp(page, '#/people?part=members');
  const after = page.getByRole('row').filter({ hasText: name }).first();
  await expect(after).toContainText('组织关系转出');
  await expect(after.getByRole('cell').last()).toHaveText(points);
  await axe(page);
  await shot(page, 'members-transferred');
});
