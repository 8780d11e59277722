// A browser whose settings forbid sites to keep data. The old browser's headless
// form reads no settings: there faults.spec.ts says what such a browser says.

import fs from 'node:fs';
import path from 'node:path';
import { axe, expect, openApp, shot, test } from './support/app.ts';
import { demo } from './support/faults.ts';

test('a browser in which no site may keep data says so, and the data are there again afterwards', async ({
  page, profile, appUrl, guard,
}) => {
  guard.allow(/IndexedDB|indexedDB|denied/);
  await demo(page);
  await profile.close();
  const file = path.join(profile.folder, 'Default', 'Preferences');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
  const denied = await (await profile.start()).newPage();
  // Not even whether the page has arrived can be asked of such a browser.
  await denied.goto(appUrl);
  await expect(denied.getByRole('alert')).toContainText('浏览器不允许本页保存数据');
  await axe(denied);
  await shot(denied, 'fault-denied-by-settings');
  await profile.close();
  fs.rmSync(file);
  const again = await (await profile.start()).newPage();
  await openApp(again);
  await expect(again.getByText('今天要办').first()).toBeVisible();
});
