// Evidence photos: chosen, dropped and pasted, shrunk without the place where
// they were taken, looked at, saved and restored, brought to the other laptop,
// and taken down.

import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { axe, expect, openApp, reload, shot, test } from './support/app.ts';
import { banner, button, saved, setQuota } from './support/faults.ts';
import { PLACE, photograph } from './support/jpeg.ts';
import { found, importHomes, previewMerge, saveFile } from './support/village.ts';

const now = '2026-09-26T10:00:00+08:00';
const alert = (page: Page, words: string) => expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
const file = (name: string, buffer: Buffer) => ({ name, mimeType: '', buffer });

/** Everything in the store of pictures, as the browser keeps it. */
async function stored(page: Page): Promise<Buffer[]> {
  const pictures = await page.evaluate(
    () =>
      new Promise<number[][]>((resolve, reject) => {
        const opening = indexedDB.open('cunzhi');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asked = opening.result.transaction('photos').objectStore('photos').getAll();
          asked.onsuccess = () => {
            opening.result.close();
            resolve(asked.result.map((picture: ArrayBuffer) => [...new Uint8Array(picture)]));
          };
        };
      }),
  );
  return pictures.map((picture) => Buffer.from(picture));
}

/** The dialog 登记活动, with a household chosen. */
async function begin(page: Page, number: string) {
  await openApp(page, '#/points');
  await saved(page);
  await button(page, '登记活动').first().click();
  const dialog = page.getByRole('dialog', { name: '登记活动' });
  await dialog.getByLabel('找户').fill(number);
  await dialog.getByLabel('找户').press('Enter');
  return dialog;
}

/** Hands the page a file as dropping or pasting does. */
async function hand(page: Page, how: 'drop' | 'paste', name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ([how, name, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type: 'image/jpeg' }));
      const init = { bubbles: true, cancelable: true };
      const event =
        how === 'drop'
          ? new DragEvent('drop', { ...init, dataTransfer: data })
          : new ClipboardEvent('paste', { ...init, clipboardData: data });
      document.body.dispatchEvent(event);
    },
    [how, name, bytes.toString('base64')] as const,
  );
}

/** What a picture is that the page shows: its size, and the colours of its top and bottom. */
const looked = (page: Page) =>
  page.getByRole('dialog', { name: '凭据照片' }).getByRole('img').evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const main = (y: number) => {
      const [red = 0, , blue = 0] = context.getImageData(width >> 1, y, 1, 1).data;
      return red > blue ? 'red' : 'blue';
    };
    return { width, height, top: main(10), bottom: main(height - 10) };
  });

test('a photo proves a claim from the form to the passbook, and is taken down', async ({ page }) => {
  await found(page, '柳湾村', now);
  await importHomes(page, [['1-001', '王海林'], ['1-002', '周五']]);
  const dialog = await begin(page, '1-001');
  const first = await photograph(page);
  expect(first.includes(PLACE)).toBe(true);
  const input = dialog.getByLabel('附照片');
  const picked = dialog.getByRole('group', { name: '凭据照片' });

  // What is no photo is said so, each with its own sentence.
  await input.setInputFiles(file('说明.txt', Buffer.from('没有照片')));
  await alert(page, '「说明.txt」不是照片');
  await input.setInputFiles(file('IMG_1.HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1', 'latin1')));
  await alert(page, '「IMG_1.HEIC」是 HEIC 格式');
  await input.setInputFiles(file('半张.jpg', first.subarray(0, 300)));
  await alert(page, '「半张.jpg」打不开');
  // By its path: so many bytes take long through the pipe to the browser.
  const large = test.info().outputPath('很大.jpg');
  fs.writeFileSync(large, Buffer.concat([first, Buffer.alloc(31 * 1024 * 1024)]));
  await input.setInputFiles(large);
  await alert(page, '超过 30 MB');

  await input.setInputFiles(file('照片.jpg', first));
  await expect(picked.getByRole('img')).toHaveCount(1);
  await expect(page.getByRole('alert').filter({ hasText: '照片' })).toHaveCount(0);
  await hand(page, 'drop', '拖来.jpg', await photograph(page, 900, 600));
  await expect(picked.getByRole('img')).toHaveCount(2);
  await hand(page, 'paste', '粘贴.jpg', await photograph(page, 600, 900));
  await expect(picked.getByRole('img')).toHaveCount(3);
  await shot(page, 'photos-activity');
  await axe(page);
  await picked.getByRole('button', { name: '去掉第 3 张照片' }).click();
  await expect(picked.getByRole('img')).toHaveCount(2);
  await button(page, '先报待审').click();
  await expect(dialog).toBeHidden();
  await saved(page);

  // What is kept is small, and knows no place.
  const kept = await stored(page);
  expect(kept).toHaveLength(2);
  for (const picture of kept) {
    expect(picture.length).toBeLessThanOrEqual(200 * 1024);
    expect(picture.includes(PLACE) || picture.includes('Exif')).toBe(false);
  }

  // The reviewer sees it, the right way up.
  await openApp(page, '#/points?part=review');
  const row = page.getByRole('row', { name: /王海林/ });
  await expect(row.getByRole('img')).toHaveCount(2);
  await shot(page, 'photos-review');
  await axe(page);
  await row.getByRole('button', { name: '看第 1 张照片' }).click();
  const viewer = page.getByRole('dialog', { name: '凭据照片' });
  await expect(viewer.getByText('853 × 1280')).toBeVisible();
  expect(await looked(page)).toEqual({ width: 853, height: 1280, top: 'red', bottom: 'blue' });
  await shot(page, 'photos-large');
  await axe(page);
  await page.keyboard.press('ArrowRight');
  await expect(viewer.getByText('2 / 2')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();

  // One more, later; and it is all there after the page was loaded anew.
  await row.getByRole('button', { name: /^补照片/ }).click();
  await page.getByRole('dialog', { name: '补照片' }).getByLabel('附照片').setInputFiles(
    file('补.jpg', await photograph(page, 800, 640)),
  );
  await button(page, '附上').click();
  await expect(page.getByRole('dialog', { name: '补照片' })).toBeHidden();
  await saved(page);
  await reload(page);
  await expect(row.getByRole('img')).toHaveCount(3);

  // The storage panel counts, and a save file brings everything back.
  const saveable = await saveFile(page, '有照片.cunzhi');
  expect(fs.readFileSync(saveable).includes(PLACE)).toBe(false);
  await expect(page.getByText(/^3 张,\d+\.\d MB\(最多 200 MB\)$/)).toBeVisible();
  await page.getByText('凭据照片', { exact: true }).scrollIntoViewIfNeeded();
  await shot(page, 'photos-storage');
  await button(page, '清空本机数据').click();
  await page.getByRole('dialog').getByRole('textbox').fill('柳湾村');
  await page.getByRole('dialog').getByRole('button', { name: '清空', exact: true }).click();
  await expect(page.getByRole('heading', { name: '新建本村' })).toBeVisible();
  expect(await stored(page)).toHaveLength(0);
  await openApp(page, '#/data');
  await page.getByLabel('选择保存文件').setInputFiles(saveable);
  await expect(page.getByText('3 张照片').first()).toBeVisible();
  await button(page, '用它替换本机数据').click();
  await saved(page);
  await openApp(page, '#/points?part=review');
  await expect(row.getByRole('img')).toHaveCount(3);

  // Approved, it stays with the entry; taken down, it is gone, with a reason.
  await row.getByRole('checkbox').check();
  await button(page, /^通过/).click();
  await expect(page.getByRole('status').filter({ hasText: '已通过 1 条。' }).first()).toBeVisible();
  await saved(page);
  await openApp(page, '#/points');
  await page.getByRole('link', { name: /王海林/ }).first().click();
  const line = page.getByRole('row', { name: /环境整治/ });
  await expect(line.getByRole('img')).toHaveCount(3);
  await shot(page, 'photos-passbook');
  await axe(page);
  await line.getByRole('button', { name: '看第 2 张照片' }).click();
  await button(page, '删除…').click();
  await page.getByLabel('删除的原因').fill('拍到了别人');
  await shot(page, 'photos-removal');
  await button(page, '删除这张照片').click();
  await saved(page);
  await expect(line.getByRole('img')).toHaveCount(2);
  expect(await stored(page)).toHaveLength(2);
});

test('photos go to the other laptop, and with the person whom they may show', async ({ page, other }) => {
  await found(page, '柳湾村', now);
  await importHomes(page, [['1-001', '王海林'], ['1-002', '周五']]);
  const empty = await saveFile(page, '没有照片.cunzhi');
  const dialog = await begin(page, '1-001');
  await dialog.getByLabel('附照片').setInputFiles(file('照片.jpg', await photograph(page, 900, 600)));
  await button(page, '登记入账').click();
  await expect(dialog).toBeHidden();
  await saved(page);
  const full = await saveFile(page, '有照片.cunzhi');

  await other.clock.setFixedTime(new Date(now));
  await openApp(other, '#/data');
  await other.getByLabel('选择保存文件').setInputFiles(empty);
  await button(other, '用它替换本机数据').click();
  await saved(other);
  const preview = await previewMerge(other, full);
  await expect(preview.getByText(/多出.*1 张照片/)).toBeVisible();
  await preview.getByRole('button', { name: '合并', exact: true }).click();
  await expect(other.getByText(/^已合并:进来/)).toBeVisible();
  expect(await stored(other)).toHaveLength(1);

  await openApp(page, '#/people');
  await page.getByRole('link', { name: '1-001', exact: true }).click();
  await page.getByRole('region', { name: '这一户' }).getByRole('button', { name: '删除此人' }).click();
  const erasing = page.getByRole('dialog', { name: /^删除.+的资料$/ });
  await expect(erasing.getByText('1 张照片会一并删除')).toBeVisible();
  await erasing.getByLabel(/输入姓名/).fill('王海林');
  await shot(page, 'photos-erasing');
  await erasing.getByRole('button', { name: '删除', exact: true }).click();
  await expect(page.getByText('已删除,这台电脑里查不到此人的资料了')).toBeVisible();
  expect(await stored(page)).toHaveLength(0);

  // The other laptop hears of it with the next file.
  const without = await saveFile(page, '已删除.cunzhi');
  const again = await previewMerge(other, without);
  await again.getByRole('button', { name: '合并', exact: true }).click();
  await expect(other.getByText(/^已合并:进来/)).toBeVisible();
  await openApp(other, '#/points');
  await other.getByRole('link', { name: /1-001|已删除/ }).first().click();
  await expect(other.getByRole('row', { name: /环境整治/ })).toBeVisible();
  await expect(other.getByRole('row', { name: /环境整治/ }).getByRole('img')).toHaveCount(0);
});

test('what is still being shrunk is waited for, and nothing that is handed over meanwhile is lost', async ({ page }) => {
  await found(page, '柳湾村', now);
  await importHomes(page, [['1-001', '王海林'], ['1-002', '周五']]);
  const dialog = await begin(page, '1-001');
  // Decoding takes until the test says so.
  await page.evaluate(() => {
    const decode = HTMLImageElement.prototype.decode;
    const released = new Promise<void>((release) => Object.assign(window, { release }));
    HTMLImageElement.prototype.decode = async function (this: HTMLImageElement) {
      await released;
      return decode.call(this);
    };
  });
  await dialog.getByLabel('附照片').setInputFiles(file('照片.jpg', await photograph(page, 900, 600)));
  const picked = dialog.getByRole('group', { name: '凭据照片' });
  await expect(picked.getByText('正在压缩照片')).toBeVisible();
  await hand(page, 'paste', '粘贴.jpg', await photograph(page, 600, 900));
  const record = dialog.getByRole('button', { name: '登记入账' });
  await expect(record).toBeDisabled();
  await shot(page, 'photos-waiting');
  await dialog.getByLabel('找户').press('Control+Enter');
  await expect(dialog).toBeVisible();
  await page.evaluate(() => (window as { release?: () => void }).release?.());
  await expect(picked.getByRole('img')).toHaveCount(2);
  await record.click();
  await expect(dialog).toBeHidden();
  await saved(page);
  expect(await stored(page)).toHaveLength(2);
});

test('a full disk takes neither the points nor the photo, and keeps both in the form', async ({ page: first, restart, appUrl }) => {
  await found(first, '柳湾村', now);
  await importHomes(first, [['1-001', '王海林'], ['1-002', '周五']]);
  // The browser remembers for a while how much was free, so the limit comes right after a start.
  const page = await restart();
  await page.clock.setFixedTime(new Date(now));
  await setQuota(page, appUrl, 1);
  const dialog = await begin(page, '1-001');
  await dialog.getByLabel('附照片').setInputFiles(file('照片.jpg', await photograph(page, 900, 600)));
  const picked = dialog.getByRole('group', { name: '凭据照片' });
  await expect(picked.getByRole('img')).toHaveCount(1);
  await dialog.getByRole('button', { name: '登记入账' }).click();
  const refused = page.getByRole('dialog', { name: '这里现在不能登记' });
  await expect(refused).toContainText('磁盘空间不够');
  await expect(banner(page)).toContainText('磁盘空间不够');
  expect(await stored(page)).toHaveLength(0);
  await axe(page);
  await shot(page, 'photos-full');

  await setQuota(page, appUrl);
  await refused.getByRole('button', { name: '重新读取' }).click();
  await expect(banner(page)).toHaveCount(0);
  await expect(picked.getByRole('img')).toHaveCount(1);
  await dialog.getByRole('button', { name: '登记入账' }).click();
  await expect(dialog).toBeHidden();
  await saved(page);
  expect(await stored(page)).toHaveLength(1);
  await page.getByRole('link', { name: /王海林/ }).first().click();
  await expect(page.getByRole('row', { name: /环境整治/ }).getByRole('img')).toHaveCount(1);
});
