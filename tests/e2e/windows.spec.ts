// Two windows on one village: one records, the other follows and can take over.

import { axe, expect, openApp, shot, test } from './support/app.ts';
import { banner, button, demo, recordCase, saved, sendCase, typeCase } from './support/faults.ts';
import { flipped } from './support/segment.ts';
import { meddle } from './support/stored.ts';
import { found, importHomes, previewMerge, saveFile, startFrom } from './support/village.ts';

test('a second window follows, takes over, and gives back', async ({ page, context }) => {
  await demo(page);
  const second = await context.newPage();
  await openApp(second, '#/cases');
  await expect(banner(second)).toContainText('另一个窗口正在登记,这里只能看。');
  await axe(second);
  await shot(second, 'window-follows');

  await recordCase(page, '第一个窗口登记的');
  await expect(second.getByText('第一个窗口登记的').first()).toBeVisible();

  // What was typed stays while the window takes over.
  await typeCase(second, '第二个窗口登记的');
  const locked = second.getByText('这里现在只能看,填了也存不上');
  await expect(locked).toBeVisible();
  await sendCase(second);
  const refused = second.getByRole('dialog', { name: '这里现在不能登记' });
  await expect(refused).toContainText('另一个窗口正在登记');
  await shot(second, 'window-refused');
  await refused.getByRole('button', { name: '在这里接管' }).click();
  await expect(banner(second)).toHaveCount(0);
  await expect(banner(page)).toContainText('已交给另一个窗口登记');
  await shot(page, 'window-handed-over');
  await saved(second);
  await expect(second.getByLabel('事项标题')).toHaveValue('第二个窗口登记的');
  await expect(locked).toBeHidden();
  await sendCase(second);
  await expect(second.getByText('已登记「第二个窗口登记的」')).toBeVisible();
  await expect(page.getByText('第二个窗口登记的').first()).toBeVisible();

  // And back, by the strip.
  await button(page, '在这里接管').click();
  await expect(banner(second)).toContainText('已交给另一个窗口登记');
  await saved(page);
  await recordCase(page, '又在第一个窗口');
  await expect(second.getByText('又在第一个窗口').first()).toBeVisible();
});

test('a window that does not answer is robbed, and goes on when the other is closed', async ({ page, context }) => {
  // Without a channel it hears no question.
  await page.addInitScript(() => {
    Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
  });
  await demo(page);
  const second = await context.newPage();
  await openApp(second);
  await expect(banner(second)).toContainText('另一个窗口正在登记');
  await typeCase(page, '被接管时打的字');
  await button(second, '在这里接管').click();
  await expect(banner(page)).toContainText('登记被另一个窗口接管了');
  await shot(page, 'window-robbed');
  await saved(second);
  await second.close();
  // The only window left records again by itself, with what was typed.
  await expect(banner(page)).toHaveCount(0);
  await saved(page);
  await expect(page.getByLabel('事项标题')).toHaveValue('被接管时打的字');
  await sendCase(page);
  await expect(page.getByText('已登记「被接管时打的字」')).toBeVisible();
});

test('a damaged book that one window replaces is followed by the other', async ({ page, context }) => {
  await demo(page);
  const file = await saveFile(page, 'before.cunzhi');
  await recordCase(page, '坏掉的一笔');
  await meddle(page, flipped);
  await expect(banner(page)).toContainText('这里显示的是还读得出的部分,只能看。');
  const second = await context.newPage();
  await openApp(second, '#/data');
  await expect(banner(second)).toContainText('这里显示的是还读得出的部分,只能看。');
  await openApp(page, '#/data');
  await page.getByLabel('选择保存文件').setInputFiles(file);
  await button(page, '用它替换本机数据').click();
  await saved(page);
  await expect(banner(second)).toContainText('另一个窗口正在登记,这里只能看。');
  // And records when the other is gone.
  await page.close();
  await saved(second);
  await recordCase(second, '换好以后登记的');
});

test('without a channel a window looks again when it is looked at', async ({ page, context }) => {
  await demo(page);
  const second = await context.newPage();
  await second.addInitScript(() => {
    Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
  });
  await openApp(second, '#/cases');
  await expect(banner(second)).toContainText('另一个窗口正在登记');
  await recordCase(page, '没有频道时登记的');
  await second.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(second.getByText('没有频道时登记的').first()).toBeVisible();
});

test('without locks an old book is refused, and read again', async ({ page, context }) => {
  for (const one of [page, await context.newPage()]) {
    await one.addInitScript(() => {
      Object.defineProperty(navigator, 'locks', { value: undefined });
      Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
    });
  }
  await demo(page);
  const second = context.pages()[1]!;
  await openApp(second);
  await saved(second);
  await recordCase(page, '先记的');
  await typeCase(second, '后记的');
  await sendCase(second);
  const refused = second.getByRole('dialog', { name: '这里现在不能登记' });
  await expect(refused).toContainText('另一个窗口刚刚记了新内容');
  await shot(second, 'window-conflict');
  await refused.getByRole('button', { name: '重新读取' }).click();
  await expect(second.getByText('先记的').first()).toBeVisible();
  await saved(second);
  await expect(second.getByLabel('事项标题')).toHaveValue('后记的');
  await sendCase(second);
  await expect(second.getByText('已登记「后记的」')).toBeVisible();
});

test('a merge that was looked at is still there when another window gives back', async ({ page, other, context }) => {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山']]);
  await startFrom(other, await saveFile(page, 'begin.cunzhi'), '2026-11-20T09:30:00+08:00');
  await recordCase(other, '那台电脑登记的');
  const preview = await previewMerge(page, await saveFile(other, 'other.cunzhi'));
  await expect(preview.getByText('1 件事项')).toBeVisible();

  const second = await context.newPage();
  await openApp(second);
  await button(second, '在这里接管').click();
  await saved(second);
  await expect(page.getByText('所以这里也不能合并。')).toBeVisible();
  await expect(preview).toHaveCount(0);
  await button(page, '在这里接管').click();
  await expect(preview.getByText('1 件事项')).toBeVisible();
  await preview.getByRole('button', { name: '合并', exact: true }).click();
  await expect(page.getByText(/^已合并:进来/)).toBeVisible();
  await saved(page);
});
