import { expectAccessible, expectNoOverflow, keepScreens } from "./fixtures/looks";
import { leadsOn, routes, routesOfApp, seers } from "./fixtures/routes";
import { expect, test } from "./fixtures/test";
import { untilDrawn } from "./fixtures/visit";

test("no page is left out", () => {
  const known = [...routes.map(({ route }) => route), ...Object.keys(leadsOn)];
  expect([...new Set(known)].sort()).toEqual(routesOfApp().sort());
});

for (const { name, path, seenBy } of routes) {
  test(`${name} is sound to look at, in any light, at any width`, async ({ page, signedIn }, { project }) => {
    const seer = seers[seenBy];
    if (seer !== null) await signedIn(seer);
    await page.goto(path);
    await untilDrawn(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(page).toHaveTitle(/Parley/);

    await test.step("at 1440, 768 and 360 px, for people to look at", () => keepScreens(page, name, project.outputDir));
    await test.step("wide", async () => {
      await page.setViewportSize({ width: 1280, height: 900 });
      await expectAccessible(page);
    });
    await test.step("narrow", async () => {
      await expectNoOverflow(page);
      await expectAccessible(page);
    });
  });
}
