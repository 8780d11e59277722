// Save files under a passphrase, against another implementation of age, and
// what the restoring asks before it replaces a village.

import fs from 'node:fs';
import { Decrypter, Encrypter } from 'age-encryption';
import type { Page } from '@playwright/test';
import { axe, download, expect, openApp, setNow, shot, test } from './support/app.ts';
import { recordCase } from './support/faults.ts';
import { stored } from './support/stored.ts';

const WORDS = '村东头第三棵老槐树';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const alert = (page: Page, words: string) => expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
const village = (page: Page, name: string) =>
  expect(page.getByRole('navigation', { name: '主要栏目' }).getByText(name)).toBeVisible();

async function found(page: Page, name: string) {
  await page.getByLabel('村名').fill(name);
  await button(page, '建村').click();
  await expect(page.getByText('✓ 已保存')).toBeVisible();
}

async function begin(page: Page, name: string) {
  await setNow(page, '2026-09-26T10:00:00+08:00');
  await openApp(page);
  await found(page, name);
  await openApp(page, '#/data');
}

async function clear(page: Page, name: string) {
  await button(page, '清空本机数据').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(name);
  await dialog.getByRole('button', { name: '清空', exact: true }).click();
  await expect(page.getByRole('heading', { name: '新建本村' })).toBeVisible();
}

const plainFile = (page: Page) => download(page, () => button(page, '下载保存文件').click());

async function encrypted(bytes: Uint8Array, name: string, workFactor: number): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(WORDS);
  encrypter.setScryptWorkFactor(workFactor);
  const file = test.info().outputPath(name);
  fs.writeFileSync(file, await encrypter.encrypt(bytes));
  return file;
}

const choose = (page: Page, file: string) => page.getByLabel('选择保存文件').setInputFiles(file);

test('an encrypted save file opens with another age program', async ({ page }) => {
  await begin(page, '柳湾村');
  const plain = fs.readFileSync(await plainFile(page));

  await page.getByRole('radio', { name: /^加密/ }).check();
  const first = page.getByLabel(/^口令/);
  const second = page.getByLabel('再输一次');
  const save = button(page, '下载加密的保存文件');
  await save.click();
  await alert(page, '还没有输入口令');
  await first.fill('老槐树');
  await save.click();
  await alert(page, '至少要 8 个字');
  await first.fill(WORDS);
  await second.fill('村东头第三棵老柳树');
  await save.click();
  await alert(page, '两次输入的口令不一样');
  await expect(first).toHaveAttribute('type', 'password');
  await page.getByLabel('显示口令').check();
  await expect(first).toHaveAttribute('type', 'text');
  await expect(second).toHaveAttribute('type', 'text');
  await axe(page);
  await shot(page, 'save-sealed');
  await second.fill(WORDS);
  const file = await download(page, () => save.click());
  expect(file).toMatch(/柳湾村_2026-09-26_1000\.cunzhi\.age$/);

  const decrypter = new Decrypter();
  decrypter.addPassphrase(WORDS);
  const opened = await decrypter.decrypt(fs.readFileSync(file));
  expect(Buffer.from(opened).equals(plain), 'the same village, byte by byte').toBe(true);

  // The choice is remembered as long as the page is open, the passphrase never.
  await expect(first).toHaveValue('');
  await page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '总览' }).click();
  await page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '数据' }).click();
  await expect(page.getByRole('radio', { name: /^加密/ })).toBeChecked();
  await expect(page.getByLabel(/^口令/)).toHaveValue('');
});

test('a file that another age program encrypted is restored', async ({ page }) => {
  await begin(page, '柳湾村');
  const plain = fs.readFileSync(await plainFile(page));
  await clear(page, '柳湾村');
  // What it is, its bytes say: the name says something else.
  await choose(page, await encrypted(plain, '柳湾村.cunzhi', 15));
  const words = page.getByLabel('口令', { exact: true });
  await words.fill('村东头第三棵老柳树');
  await axe(page);
  await button(page, '打开').click();
  await alert(page, '口令不对');
  await shot(page, 'restore-locked');
  // The file is still chosen.
  await words.fill(WORDS);
  await words.press('Enter');
  await expect(page.getByText(/文件完好:柳湾村,2026年9月26日保存,0 户 0 人,1 笔记录/)).toBeVisible();
  await button(page, '用它替换本机数据').click();
  await village(page, '柳湾村');
});

test('a file of another village says so, and bad files change nothing', async ({ page }) => {
  await begin(page, '柳湾村');
  const file = await plainFile(page);
  const plain = fs.readFileSync(file);
  await clear(page, '柳湾村');
  await found(page, '王家村');
  await recordCase(page, '王家村的事');
  const look = async () => {
    await openApp(page, '#/cases?all=1');
    await expect(page.getByText('王家村的事').first()).toBeVisible();
    return page.getByRole('main').innerText();
  };
  const shown = await look();
  await openApp(page, '#/data');
  const living = await stored(page);

  const boxes = ['选择保存文件', '选择另一台电脑的保存文件'];
  const bad = async (name: string, bytes: Uint8Array, sentence: string, open?: () => Promise<void>) => {
    const path = test.info().outputPath(name);
    fs.writeFileSync(path, bytes);
    for (const box of boxes) {
      await page.getByLabel(box).setInputFiles(path);
      await open?.();
      await alert(page, sentence);
      expect(await stored(page), `${name} at ${box}`).toEqual(living);
      await openApp(page);
      await openApp(page, '#/data');
    }
  };
  const altered = Uint8Array.from(plain);
  altered[altered.length - 1] ^= 1;
  const newer = Uint8Array.from(plain);
  newer[6] = 9;
  await bad('表格.cunzhi', Buffer.from('PK\x03\x04'), '不是村治的保存文件');
  await bad('cut.cunzhi', plain.subarray(0, plain.length / 2), '文件不完整');
  await bad('altered.cunzhi', altered, '与校验码不符');
  await bad('newer.cunzhi', newer, '请先升级村治');
  const line = 'A'.repeat(43);
  const head = `age-encryption.org/v1\n-> scrypt ${'A'.repeat(22)} 30\n${line}\n--- ${line}\n`;
  const open = (words: string) => async () => {
    await page.getByLabel('口令', { exact: true }).fill(words);
    await button(page, '打开').click();
  };
  const absurd = Buffer.concat([Buffer.from(head), Buffer.alloc(64)]);
  await bad('absurd.cunzhi.age', absurd, '加密强度是 30', open(WORDS));
  const sealed = fs.readFileSync(await encrypted(plain, 'sealed.cunzhi.age', 10));
  await bad('wrong.cunzhi.age', sealed, '口令不对', open('村东头第三棵老柳树'));
  await bad('inside.cunzhi.age', fs.readFileSync(await encrypted(altered, 'inside.cunzhi.age', 10)), '与校验码不符', open(WORDS));
  await village(page, '王家村');
  await expect.poll(look, 'and so it is on the screen').toBe(shown);
  await openApp(page, '#/data');

  await choose(page, file);
  await expect(page.getByText('这是另一个村(柳湾村)的文件,不是「王家村」的。')).toBeVisible();
  const replace = button(page, '用它替换本机数据');
  await expect(replace).toBeDisabled();
  const typed = page.getByLabel('输入本机现有的村名');
  await typed.fill('柳湾村');
  await expect(replace).toBeDisabled();
  await axe(page);
  await shot(page, 'restore-stranger');
  await typed.fill('王家村');
  await replace.click();
  await village(page, '柳湾村');
});

test('opening a file can be given up', async ({ page }) => {
  await begin(page, '柳湾村');
  const plain = fs.readFileSync(await plainFile(page));
  // The greatest work factor that is accepted: there is time to cancel.
  await choose(page, await encrypted(plain, '柳湾村.cunzhi.age', 18));
  await page.getByLabel('口令', { exact: true }).fill(WORDS);
  // However fast the machine is: what comes of it is not heard before it was cancelled.
  await page.evaluate(() => {
    const here = Object.assign(window as unknown as { cunzhiOffice: () => Promise<Worker> }, { holds: true });
    const { cunzhiOffice } = here;
    here.cunzhiOffice = async () => {
      const worker = await cunzhiOffice();
      worker.addEventListener('message', (event) => here.holds && event.stopImmediatePropagation(), { capture: true });
      return worker;
    };
  });
  await button(page, '打开').click();
  await expect(page.getByRole('status').filter({ hasText: '正在打开加密文件' })).toBeVisible();
  await shot(page, 'restore-working');
  await button(page, '取消').click();
  await expect(page.getByRole('status').filter({ hasText: '正在打开加密文件' })).toHaveCount(0);
  await village(page, '柳湾村');
  // And the same file opens for who has patience.
  await page.evaluate(() => Object.assign(window, { holds: false }));
  await choose(page, test.info().outputPath('柳湾村.cunzhi.age'));
  await page.getByLabel('口令', { exact: true }).fill(WORDS);
  await button(page, '打开').click();
  await expect(page.getByText(/文件完好:柳湾村/)).toBeVisible({ timeout: 30_000 });
});
