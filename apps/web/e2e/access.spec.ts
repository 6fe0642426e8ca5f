import { type PageRoute, routes, type Seer, seers } from "./fixtures/routes";
import { expect, test } from "./fixtures/test";

/** From those who may see least to those who may see most. */
const ranks: readonly Seer[] = ["anyone", "member", "host", "administrator"];

const names: Record<Seer, string> = {
  anyone: "strangers see",
  member: "a member sees",
  host: "a host sees",
  administrator: "an administrator sees",
};

for (const seer of ranks) {
  test(`${names[seer]} every page that is theirs, and no other`, async ({ page, signedIn }) => {
    const person = seers[seer];
    if (person !== null) await signedIn(person);
    for (const route of routes) {
      await test.step(route.name, async () => {
        const { address, isThere } = expected(route, seer);
        // What a page says is all that is looked at: nothing on it is pressed.
        await page.goto(route.path, { waitUntil: "commit" });
        await expect.poll(() => addressOf(page.url()), { message: `where ${route.path} leads` }).toBe(address);
        // Once it has its heading it is what it will be, and leads nowhere else.
        await expect(page.getByRole("heading", { level: 1 }), route.path).toHaveCount(1);
        const nobody = page.getByRole("heading", { name: "There is nobody at this address." });
        await expect(nobody, route.path).toHaveCount(isThere ? 0 : 1);
        expect(addressOf(page.url()), route.path).toBe(address);
      });
    }
  });
}

function expected({ path, seenBy, opensTo = seenBy, hiddenFrom = [], leads = {} }: PageRoute, seer: Seer) {
  if (hiddenFrom.includes(seer)) return { address: path, isThere: false };
  if (ranks.indexOf(seer) >= ranks.indexOf(opensTo)) return { address: leads[seer] ?? path, isThere: true };
  if (seer === "anyone") return { address: `/sign-in?next=${encodeURIComponent(path)}`, isThere: true };
  return { address: path, isThere: false };
}

function addressOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
