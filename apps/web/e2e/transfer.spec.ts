import type { Page } from "@playwright/test";
import { demo } from "./fixtures/people";
import { type PageRoute, routes, seers } from "./fixtures/routes";
import { expect, test } from "./fixtures/test";
import { budgetOf, scriptsLoadedBy } from "./fixtures/transfer";

for (const route of routes) {
  test(`${route.name} loads no more JavaScript than it may`, async ({ page, signedIn }) => {
    const seer = seers[route.seenBy];
    if (seer !== null) await signedIn(seer);
    await expectWithinBudget(page, route);
  });
}

test("a member loads no more for the public pages than a stranger may", async ({ page, signedIn }) => {
  await signedIn(demo.visitor);
  for (const route of routes.filter(({ name }) => name === "home" || name === "host")) {
    await expectWithinBudget(page, route);
  }
});

test("each step towards being a host is within its budget", async ({ page, signedIn }) => {
  await signedIn(demo.visitor);
  for (const step of ["email", "age", "page", "rate", "hours", "picture", "live"]) {
    const path = `/become-a-host?step=${step}`;
    await expectWithinBudget(page, { route: "/become-a-host", name: step, path, seenBy: "member" });
  }
});

test("scripts and styles come as small as the browser can read them, and are kept for good", async ({ request }) => {
  const home = await (await request.get("/")).text();
  const files = [...new Set(home.match(/\/_next\/static\/chunks\/[\w.~-]+\.(?:js|css)/g))];
  expect(files.some((file) => file.endsWith(".css"))).toBe(true);
  expect(files.some((file) => file.endsWith(".js"))).toBe(true);
  for (const file of files) {
    const as = async (encodings: string) => {
      const answer = await request.get(file, { headers: { "accept-encoding": encodings } });
      expect(answer.status(), file).toBe(200);
      expect(answer.headers()["cache-control"]).toContain("immutable");
      expect(answer.headers().vary?.toLowerCase() ?? "").toContain("accept-encoding");
      return answer;
    };
    const [brotli, plain] = [await as("gzip, deflate, br, zstd"), await as("identity")];
    expect(brotli.headers()["content-encoding"], file).toBe("br");
    expect(brotli.headers()["content-type"]).toBe(plain.headers()["content-type"]);
    expect(plain.headers()["content-encoding"]).toBeUndefined();
    expect((await as("gzip, br;q=0")).headers()["content-encoding"], file).not.toBe("br");
    expect((await brotli.body()).equals(await plain.body()), `${file} says the same in either way`).toBe(true);
  }
});

test("React and Next are compiled while they load, and not on the thread that a visitor waits for", async ({
  request,
}) => {
  const home = await (await request.get("/")).text();
  const files = [...new Set(home.match(/\/_next\/static\/chunks\/[\w.~-]+\.js(?=" async)/g))];
  const scripts = await Promise.all(files.map(async (file) => (await request.get(file)).text()));
  const hinted = scripts.filter((code) => code.startsWith("//# allFunctionsCalledOnLoad\n"));
  const sizeOf = (codes: string[]) => codes.reduce((sum, { length }) => sum + length, 0);
  expect(sizeOf(hinted)).toBeGreaterThan(400_000);
  expect(sizeOf(hinted) / sizeOf(scripts), "most of what is loaded at first").toBeGreaterThan(0.8);
});

async function expectWithinBudget(page: Page, route: PageRoute): Promise<void> {
  const scripts = await scriptsLoadedBy(page, route.path);
  const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
  // Less would mean that nothing was counted: React alone is more.
  expect(total, route.path).toBeGreaterThan(50_000);
  const heaviest = scripts.slice(0, 8).map(({ name, bytes }) => `${name} ${bytes}`);
  expect(total, `${route.path} loads ${heaviest.join(", ")}`).toBeLessThan(budgetOf(route));
}
