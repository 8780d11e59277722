// 本机存放: how much room there is, and what the browser promises.

import { axe, expect, openApp, shot, test } from './support/app.ts';
import { button, demo, recordCase } from './support/faults.ts';

for (const [answer, words] of [
  [true, '浏览器已答应长期保留,磁盘快满时也不会自动清掉。'],
  [false, '浏览器没有答应。数据还在,但请多下载保存文件'],
  [null, '这个浏览器不能答复。数据还在,请多下载保存文件。'],
] as const) {
  test(`what the browser answers is said: ${String(answer)}`, async ({ page }) => {
    await page.addInitScript((answer) => {
      const reply = () => (answer === null ? Promise.reject(new Error('unknown')) : Promise.resolve(answer));
      StorageManager.prototype.persist = reply;
      StorageManager.prototype.persisted = () => Promise.resolve(false);
      StorageManager.prototype.estimate = () => Promise.resolve({ usage: 5 * 1024 * 1024, quota: 3 * 1024 ** 3 });
    }, answer);
    await demo(page);
    await openApp(page, '#/data');
    await expect(page.getByText('5.0 MB,最多可用 3.0 GB')).toBeVisible();
    await expect(page.getByText('可能还没有写到磁盘')).toHaveCount(0);
    await expect(page.getByText('磁盘快满时,浏览器可能清掉网页的数据。可以请它长期保留。')).toBeVisible();
    await button(page, '请浏览器长期保留').click();
    await expect(page.getByText(words)).toBeVisible();
    await expect(button(page, '请浏览器长期保留')).toHaveCount(answer ? 0 : 1);
    await page.getByText('本机存放').scrollIntoViewIfNeeded();
    await axe(page);
    await shot(page, `storage-${String(answer)}`);
  });
}

test('a promise of before is shown without asking, and so is a browser that tells nothing', async ({ page }) => {
  await page.addInitScript(() => {
    StorageManager.prototype.persisted = () => Promise.resolve(true);
    StorageManager.prototype.estimate = () => Promise.reject(new Error('unknown'));
    // As Firefox before 126.
    Reflect.deleteProperty(IDBTransaction.prototype, 'durability');
  });
  await demo(page);
  await openApp(page, '#/data');
  await expect(page.getByText('浏览器已答应长期保留')).toBeVisible();
  await expect(page.getByText('这个浏览器不告诉用了多少')).toBeVisible();
  await expect(page.getByText('显示「已保存」时可能还没有写到磁盘')).toBeVisible();
  // Never saved: the panel reminds, as the overview does.
  await expect(page.getByText('还没有做过')).toBeVisible();
  await expect(page.getByText('该保存了')).toBeVisible();
  await expect(page.getByText(/^[\d,]+ 条还没有存进文件/)).toBeVisible();
  // A file that the browser does not hand out is none.
  await page.evaluate(() => {
    const { createObjectURL } = URL;
    URL.createObjectURL = () => {
      URL.createObjectURL = createObjectURL;
      throw new DOMException('no memory', 'UnknownError');
    };
  });
  await button(page, '下载保存文件').click();
  await expect(page.getByRole('alert').filter({ hasText: '浏览器没有给出文件,没有下载。' })).toBeVisible();
  await expect(page.getByText('还没有做过')).toBeVisible();
  await button(page, '下载保存文件').click();
  await expect(page.getByText('该保存了')).toHaveCount(0);
  await recordCase(page, '保存以后的');
  await openApp(page, '#/data');
  await expect(page.getByText('1 条还没有存进文件')).toBeVisible();
  await expect(page.getByText('该保存了')).toHaveCount(0);
});
