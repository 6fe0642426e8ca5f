import { describe, expect, it } from "vitest";
import { usersIn } from "../../testing/api-user-answers";
import { at, call as bareCall, type FormPart, textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { pngOf } from "../../testing/picture";
import { outsideAlone, usePictureServer } from "../../testing/picture-server";
import surface from "./surface";

/** Document 004: the picture of the user. */

const pictures = usePictureServer();
const contract = contractOf(surface, ["/api/user/avatar"], { remoteFetch: outsideAlone() });
const { call, person } = contract;
const user = usersIn(contract);
const avatar = /^http:\/\/localhost:4000\/objects\/avatars\/.+\.jpg$/;

describe("POST /api/user/avatar/upload", () => {
  const upload = (status: number, token: string | undefined, form: FormPart[]) =>
    call(status, "POST /api/user/avatar/upload", { token, form });
  const file = (bytes: Uint8Array): FormPart[] => [{ name: "file", fileName: "me.png", type: "image/png", bytes }];

  it("answers the address of the picture, which the user is shown with", async () => {
    const { token } = await person();
    const { json } = await upload(200, token, file(pngOf([1, 2, 3])));
    expect(json).toEqual({ url: expect.stringMatching(avatar) });
    expect(await user(token)).toMatchObject({ avatarUrl: at(json, "url") });
    const shown = await bareCall(contract.test.app, `GET ${new URL(textAt(json, "url")).pathname}`);
    expect([shown.status, shown.contentType]).toEqual([200, "image/jpeg"]);
  });

  it.each<[string, FormPart[], RegExp]>([
    ["no file", [], /^file is required$/],
    ["text in its place", [{ name: "file", value: "me.png" }], /^file must be a file$/],
    ["what only claims to be a picture", file(Buffer.from("<svg/>")), /^file must be a JPEG, PNG, WebP or GIF image/],
    ["more than 5 MB", file(Buffer.alloc(5 * 1024 * 1024 + 1)), /^file must be at most 5 MB$/],
  ])("answers 400 to %s, and the old picture stays", async (_, form, error) => {
    const { token } = await person();
    await upload(200, token, file(pngOf([1, 2, 3])));
    const before = await user(token);
    expect((await upload(400, token, form)).json).toEqual({ error: expect.stringMatching(error) });
    expect(await user(token)).toEqual(before);
  });

  it("answers 401 without a token", async () => {
    await upload(401, undefined, file(pngOf([1, 2, 3])));
  });
});

describe("POST /api/user/avatar/from-url", () => {
  const fetchFrom = (status: number, token: string | undefined, url?: string | null) =>
    call(status, "POST /api/user/avatar/from-url", { token, json: { url } });

  it("keeps a copy of the picture, and answers its address", async () => {
    const { token } = await person();
    const { json } = await fetchFrom(200, token, pictures.pictureOf([10, 20, 30]));
    expect(json).toEqual({ url: expect.stringMatching(avatar) });
    expect(await user(token)).toMatchObject({ avatarUrl: at(json, "url") });
  });

  // Every one is an address of our own network, or leads to one.
  const inwards = [
    ...["http://127.0.0.2/", "http://10.0.0.1/me.png", "http://192.168.1.1/", "http://172.16.0.1/"],
    ...["http://169.254.169.254/latest/meta-data/", "http://100.100.100.200/", "http://0.0.0.0/", "http://224.0.0.1/"],
    ...["http://[::1]/", "http://[::ffff:127.0.0.2]/", "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::7f00:2]/"],
    ...["http://[fd00:ec2::254]/", "http://[fe80::1]/", "http://[2002:7f00:2::1]/"],
    ...["http://2130706434/", "http://0x7f000002/", "http://0177.0.0.2/", "http://127.2/", "http://0x7f.0.0.0x2/"],
  ];
  it.each(inwards)("answers 400 to %s, which is not of the internet", async (url) => {
    const { token } = await person();
    const { json } = await fetchFrom(400, token, url);
    expect(json).toEqual({ error: "url must lead to a public address of the internet" });
  });

  it("answers 400 to a name of our own network, also one that was another's a moment ago", async () => {
    const { token } = await person();
    const error = "url must lead to a public address of the internet";
    expect((await fetchFrom(400, token, "http://inside.test/me.png")).json).toEqual({ error });
    expect((await fetchFrom(400, token, pictures.at("/again", "rebinding.test"))).json).toEqual({ error });
    await fetchFrom(200, token, pictures.pictureOf([1, 2, 3]));
  });

  it.each([
    [undefined, "url is required"],
    ["", "url must not be empty"],
    ["me.png", "url must be an http or https address"],
    ["file:///etc/passwd", "url must be an http or https address"],
    ["ftp://example.test/me.png", "url must be an http or https address"],
    ["data:image/png;base64,AAAA", "url must be an http or https address"],
    ["https://ann:secret@example.test/me.png", "url must not hold a user name or password"],
    [null, "url must be a string"],
  ])("answers 400 to %j, which is no address to read", async (url, error) => {
    const { token } = await person();
    expect((await fetchFrom(400, token, url)).json).toEqual({ error });
  });

  it.each([
    ["/inwards", "url must lead to a public address of the internet"],
    ["/loop", "url leads on too many times"],
    ["/huge", "url answers with more than can be taken"],
    ["/page", "url must be a JPEG, PNG, WebP or GIF image"],
    ["/gone", "url answered with status 404 instead of a picture"],
    ["/endless", "url took too long to answer"],
  ])("answers 400 where %s is what answers, and the old picture stays", { timeout: 60_000 }, async (page, error) => {
    const { token } = await person();
    await fetchFrom(200, token, pictures.pictureOf([10, 20, 30]));
    const before = await user(token);
    expect((await fetchFrom(400, token, pictures.at(page))).json).toEqual({ error });
    expect(await user(token)).toEqual(before);
  });

  it("answers 401 without a token", async () => {
    await fetchFrom(401, undefined, pictures.pictureOf([10, 20, 30]));
  });
});
