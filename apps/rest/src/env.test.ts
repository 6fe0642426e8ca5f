import path from "node:path";
import { describe, expect, it } from "vitest";
import { readEnv } from "./env";

const s3 = {
  S3_ENDPOINT: "https://s3.example.test/",
  S3_BUCKET: "objects",
  S3_ACCESS_KEY_ID: "key",
  S3_SECRET_ACCESS_KEY: "secret",
  ASSETS_URL: "https://cdn.example.test/",
};

describe("readEnv", () => {
  it("needs nothing: everything has a default", () => {
    expect(readEnv({})).toEqual({
      host: "127.0.0.1",
      port: 4000,
      isWorkerOn: true,
      isProxyTrusted: false,
      logLevel: "info",
      options: {
        dataDir: path.resolve(".data"),
        databaseUrl: undefined,
        poolSize: undefined,
        authSecret: undefined,
        apiUrl: "http://localhost:4000",
        webUrl: "http://localhost:3000",
        s3: undefined,
        assetsUrl: "http://localhost:4000/objects",
        smtpUrl: undefined,
        mailFrom: "Parley <hello@parley.localhost>",
        redisUrl: undefined,
        areLimitsOn: true,
        identityProviders: [],
        admin: undefined,
      },
    });
  });

  it("takes an empty variable for an unset one", () => {
    const names = ["DATABASE_URL", "REST_PORT", "S3_ENDPOINT", "ADMIN_EMAIL", "ADMIN_PASSWORD", "REDIS_URL", "WORKER"];
    expect(readEnv(Object.fromEntries(names.map((name) => [name, ""])))).toEqual(readEnv({}));
  });

  it("passes on what is set", () => {
    const variables = {
      DATA_DIR: "/data",
      REST_HOST: "0.0.0.0",
      REST_PORT: "8080",
      API_URL: "https://api.example.test/",
      WEB_URL: "https://www.example.test",
      DATABASE_URL: "postgresql://db.example.test/parley",
      DATABASE_POOL_SIZE: "25",
      AUTH_SECRET: "x".repeat(32),
      SMTP_URL: "smtp://mail.example.test",
      MAIL_FROM: "Desk <desk@example.test>",
      REDIS_URL: "redis://redis.example.test",
      RATE_LIMIT: "off",
      TRUST_PROXY: "on",
      ADMIN_EMAIL: "admin@example.test",
      ADMIN_PASSWORD: "long enough",
      WORKER: "off",
      LOG_LEVEL: "warn",
      MASTODON_INSTANCES: "social.example.test=id:secret",
      ...s3,
    };
    expect(readEnv(variables)).toEqual({
      host: "0.0.0.0",
      port: 8080,
      isWorkerOn: false,
      isProxyTrusted: true,
      logLevel: "warn",
      options: {
        dataDir: "/data",
        databaseUrl: variables.DATABASE_URL,
        poolSize: 25,
        authSecret: variables.AUTH_SECRET,
        apiUrl: "https://api.example.test",
        webUrl: "https://www.example.test",
        s3: {
          endpoint: "https://s3.example.test",
          bucket: "objects",
          region: "auto",
          accessKeyId: "key",
          secretAccessKey: "secret",
        },
        assetsUrl: "https://cdn.example.test",
        smtpUrl: variables.SMTP_URL,
        mailFrom: variables.MAIL_FROM,
        redisUrl: variables.REDIS_URL,
        areLimitsOn: false,
        identityProviders: [
          {
            provider: "mastodon",
            instanceName: "social.example.test",
            name: "social.example.test",
            url: "https://social.example.test",
            clientId: "id",
            clientSecret: "secret",
          },
        ],
        admin: { email: "admin@example.test", password: "long enough" },
      },
    });
  });

  it("serves objects and web pages from the ports that are set", () => {
    expect(readEnv({ REST_PORT: "4100", WEB_PORT: "3100" }).options).toMatchObject({
      apiUrl: "http://localhost:4100",
      assetsUrl: "http://localhost:4100/objects",
      webUrl: "http://localhost:3100",
    });
  });

  it.each<[string, Record<string, string>]>([
    ["REST_PORT", { REST_PORT: "http" }],
    ["REST_PORT", { REST_PORT: "70000" }],
    ["REST_PORT", { REST_PORT: "80.5" }],
    ["API_URL", { API_URL: "api.example.test" }],
    ["API_URL", { API_URL: "ftp://api.example.test" }],
    ["DATABASE_URL", { DATABASE_URL: "mysql://db.example.test/parley" }],
    ["DATABASE_URL", { DATABASE_URL: "db.example.test" }],
    ["DATABASE_POOL_SIZE", { DATABASE_POOL_SIZE: "1" }],
    ["AUTH_SECRET", { AUTH_SECRET: "short" }],
    ["SMTP_URL", { SMTP_URL: "mail.example.test" }],
    ["REDIS_URL", { REDIS_URL: "http://redis.example.test" }],
    ["RATE_LIMIT", { RATE_LIMIT: "no" }],
    ["TRUST_PROXY", { TRUST_PROXY: "yes" }],
    ["WORKER", { WORKER: "0" }],
    ["LOG_LEVEL", { LOG_LEVEL: "loud" }],
    ["ADMIN_EMAIL", { ADMIN_EMAIL: "admin", ADMIN_PASSWORD: "long enough" }],
    ["ADMIN_PASSWORD", { ADMIN_EMAIL: "admin@example.test", ADMIN_PASSWORD: "short" }],
    ["ADMIN_PASSWORD", { ADMIN_EMAIL: "admin@example.test" }],
    ["ADMIN_EMAIL", { ADMIN_PASSWORD: "long enough" }],
    ["S3_BUCKET", { ...s3, S3_BUCKET: "" }],
    ["S3_ACCESS_KEY_ID", { ...s3, S3_ACCESS_KEY_ID: "" }],
    ["S3_SECRET_ACCESS_KEY", { ...s3, S3_SECRET_ACCESS_KEY: "" }],
    ["ASSETS_URL", { ...s3, ASSETS_URL: "" }],
    ["S3_ENDPOINT", { ...s3, S3_ENDPOINT: "s3.example.test" }],
  ])("names %s where it is wrong: %o", (name, variables) => {
    expect(() => readEnv(variables)).toThrow(name);
  });

  it("names every variable at fault at once, each on a line, and shows no value", () => {
    const read = () => readEnv({ REST_PORT: "http", AUTH_SECRET: "my short secret", LOG_LEVEL: "loud" });
    expect(read).toThrow(/REST_PORT: .+\n.*AUTH_SECRET: .+\n.*LOG_LEVEL: /);
    expect(read).not.toThrow(/my short secret/);
  });
});
