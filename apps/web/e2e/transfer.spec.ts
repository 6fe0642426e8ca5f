import { routes, seers } from "./fixtures/routes";
import { expect, test } from "./fixtures/test";
import { scriptBytes } from "./fixtures/transfer";

/** What a page may cost somebody who has never been here: a public one, and one with tools in it. */
const publicBytes = 150_000;
const toolBytes = 230_000;

for (const { name, path, seenBy } of routes) {
  const budget = seenBy === "anyone" ? publicBytes : toolBytes;
  test(`${name} needs at most ${budget / 1000} kB of JavaScript`, async ({ page, signedIn }, info) => {
    const seer = seers[seenBy];
    if (seer !== null) await signedIn(seer);
    const bytes = await scriptBytes(page, path);
    info.annotations.push({ type: "JavaScript", description: `${Math.round(bytes / 1000)} kB` });
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(budget);
  });
}
