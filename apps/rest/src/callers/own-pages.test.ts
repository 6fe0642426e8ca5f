import { expect, it } from "vitest";
import { createOwnPages } from "./own-pages";

const isFromOwnPage = createOwnPages(["https://parley.example/some/path", "https://api.parley.example:8443"]);
const sent = (method: string, headers: Record<string, string>) =>
  isFromOwnPage({ method, header: (name) => headers[name] });
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

it.each(methods)("%s is ours where its origin is the web app's or the API's", (method) => {
  expect(sent(method, { origin: "https://parley.example" })).toBe(true);
  expect(sent(method, { origin: "https://api.parley.example:8443", "sec-fetch-site": "same-site" })).toBe(true);
});

it.each(methods)("%s is not ours where its origin is another, whatever else it says", (method) => {
  const origins = [
    ...["null", "", "https://elsewhere.example", "http://parley.example", "https://parley.example:8443"],
    ...["https://parley.example.elsewhere.example", "https://evil-parley.example", "https://api.parley.example"],
  ];
  for (const origin of origins) {
    expect(sent(method, { origin }), origin).toBe(false);
    expect(sent(method, { origin, "sec-fetch-site": "same-origin" }), origin).toBe(false);
  }
});

it.each([
  ["GET", undefined, true],
  ["GET", "none", true],
  ["GET", "same-origin", true],
  ["GET", "same-site", true],
  ["GET", "cross-site", false],
  ["HEAD", "cross-site", false],
  ["POST", undefined, false],
  ["POST", "none", false],
  ["POST", "same-site", false],
  ["POST", "cross-site", false],
  ["DELETE", "same-origin", true],
])("%s without an origin, from %s: %s", (method, site, isOurs) => {
  expect(sent(method, site === undefined ? {} : { "sec-fetch-site": site })).toBe(isOurs);
});
