import { expect, test } from "@playwright/test";
import { type LighthouseBrowser, openLighthouse, steadyCategories } from "./fixtures/lighthouse";
import { demo } from "./fixtures/people";

// Its speed is measured by `pnpm bench`, on a machine that does nothing else: beside other tests it says more about them
// than about the page. What makes the pages fast is tested in transfer.spec.ts.
let lighthouse: LighthouseBrowser;
test.beforeAll(async ({ launchOptions }) => {
  lighthouse = await openLighthouse(launchOptions.executablePath);
});
test.afterAll(() => lighthouse.close());

for (const path of ["/", `/${demo.hostUsername}`]) {
  for (const form of ["mobile", "desktop"] as const) {
    test(`Lighthouse finds nothing to mend at ${path} on ${form} screens`, async ({ baseURL }) => {
      const { scores, findings } = await lighthouse.audit(`${baseURL}${path}`, form, steadyCategories);
      expect(findings).toEqual([]);
      expect(scores).toEqual({ accessibility: 1, "best-practices": 1, seo: 1 });
    });
  }
}
