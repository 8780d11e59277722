// What hangs on the wall: after importing identity numbers, telephones and
// addresses, nothing of them is in any notice, on the screen or on paper. A
// notice is handed out on paper only.

import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, saved } from './support/faults.ts';
import { pdfText } from './support/pdf.ts';
import { found } from './support/village.ts';

/** The last sign of an identity number. */
function checked(first: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, place) => all + weight * Number(first[place]), 0);
  return first + '10X98765432'[sum % 11];
}

/** Grid, group, address, head, member type, birth. */
const HOMES = [
  ['1-001', '第一网格', '1组', '老樟树巷7号', '王大山', '联户党员', '1971-03-05'],
  ['1-002', '第一网格', '2组', '石板桥头12号', '李长河', '无职党员', '1968-11-23'],
  ['2-001', '第二网格', '3组', '晒谷坪东4号', '陈秀云', '流动党员', '1980-07-14'],
  ['2-002', '第二网格', '4组', '水碓边9号', '赵金宝', '', '1959-12-31'],
] as const;

const identity = HOMES.map((home, place) => checked(`430121${home[6].replaceAll('-', '')}00${place + 1}`));
const telephone = HOMES.map((_, place) => `1990000731${place}`);
/** What no notice may hold, written without blanks. */
const secrets = [
  ...identity, ...identity.map((number) => number.slice(-6)), ...telephone, ...telephone.map((number) => number.slice(-4)),
  ...HOMES.flatMap(([, , group, address, , , birth]) => [group, address, address.replace(/\d+号/, ''), birth, birth.replaceAll('-', '')]),
];

test('no notice holds an identity number, a telephone or an address', async ({ page }) => {
  await found(page, '柳湾村', '2025-10-10T09:00:00+08:00');
  const file = test.info().outputPath('花名册.csv');
  const head = '户号,所属网格,村民小组,家庭住址,户主,姓名,与户主关系,性别,出生日期,身份证号,联系电话,政治面貌,党员类型';
  const lines = HOMES.map(([number, grid, group, address, name, kind, birth], place) =>
    [number, grid, group, address, name, name, '户主', '男', birth, identity[place], telephone[place],
      kind ? '中共党员' : '群众', kind].join(','));
  fs.writeFileSync(file, [head, ...lines].join('\r\n'));
  await openApp(page, '#/import');
  await page.getByLabel('选择花名册文件').setInputFiles(file);
  await button(page, '导入').click();
  await expect(page.getByText('已导入 4 户').first()).toBeVisible({ timeout: 30_000 });
  await saved(page);
  // The numbers have come in, or their absence would say nothing.
  await openApp(page, '#/people');
  await page.getByRole('link', { name: '1-001', exact: true }).click();
  const home = page.getByRole('region', { name: '这一户' });
  await expect(home).toContainText('老樟树巷7号');

  await record(page, '#/points', '找户', HOMES.map((one) => one[0]), '环境整治');
  await record(page, '#/points?members=1', '找党员', ['王大山', '陈秀云'], '参加三会一课');
  await setNow(page, '2025-11-03T09:00:00+08:00');
  for (const ledger of ['', '&members=1']) {
    await closeMonths(page, ledger);
    await expect(page.getByText(/账本指纹 [0-9A-Z]{4}-/).first()).toBeVisible();
    await shot(page, `notice-privacy${ledger && '-members'}`);
    const options = page.getByLabel(ledger ? '党员类型' : '网格').locator('option');
    await expect(options).toHaveCount(ledger ? 4 : 3);
    const subjects = await options.allTextContents();
    for (const subject of subjects) {
      for (const [masking, shown] of [['隐去一字(王*林)', '王*山'], ['写全名', '王大山']] as const) {
        await page.getByLabel(ledger ? '党员类型' : '网格').selectOption({ label: subject });
        await page.getByLabel('姓名').selectOption({ label: masking });
        // The fingerprint stands under every sheet before it is printed.
        const sheets = page.locator('.placard');
        await expect(sheets.filter({ hasNotText: /账本指纹 [0-9A-Z]{4}-/ })).toHaveCount(0);
        await expect(sheets.first()).toBeVisible();
        const bytes = await sheets.evaluateAll((all) => all.map((one) => one.outerHTML).join(''));
        const paper = pdfText(await page.pdf());
        const about = `${ledger} ${subject} ${masking}`;
        if (/全部|第一网格|联户/.test(subject)) {
          expect(bytes, about).toContain(shown);
          expect(paper, about).toContain(shown);
        }
        expect(paper, about).toMatch(/积分公示表.*账本指纹[0-9A-Z]{4}-/);
        for (const written of [bytes.replace(/\s/g, ''), paper]) {
          expect(secrets.filter((secret) => written.includes(secret)), about).toEqual([]);
        }
      }
    }
  }
});

/** Records an item for these accounts, with a reason that tells too much. */
async function record(page: Page, route: string, find: string, names: string[], item: string): Promise<void> {
  await openApp(page, route);
  await button(page, '登记活动').first().click();
  const dialog = page.getByRole('dialog', { name: '登记活动' });
  const select = dialog.getByLabel('事项', { exact: true });
  await select.selectOption((await select.locator('option', { hasText: item }).first().getAttribute('value')) ?? '');
  await dialog.getByLabel('事由').fill(`在${HOMES[0][3]},联系${telephone[0]}`);
  for (const name of names) {
    await dialog.getByLabel(find).fill(name);
    await dialog.getByLabel(find).press('Enter');
    await expect(dialog.getByRole('status').filter({ hasText: name })).toContainText('已加');
  }
  await button(page, '登记入账').click();
  await expect(dialog).toBeHidden();
  await saved(page);
}

/** Closes every month of the ledger that is over. */
async function closeMonths(page: Page, ledger: string): Promise<void> {
  for (;;) {
    await openApp(page, '#/');
    await openApp(page, `#/points?part=closing${ledger}`);
    // The last month that is over can be closed, or the one that is shown runs still.
    const close = page.getByRole('button', { name: /^月结\d+年\d+月$/ });
    const standing = page.locator('.closing__state');
    await expect(standing).toHaveText(/^✓|还没有月结|还没有过完/);
    if ((await standing.innerText()) !== '还没有月结。') {
      await expect(close).toHaveCount(0);
      return;
    }
    await close.click();
    await page.getByRole('dialog').getByRole('button', { name: '确认月结' }).click();
    await expect(page.getByRole('status').filter({ hasText: '已月结。' }).first()).toBeVisible();
    await saved(page);
  }
}
