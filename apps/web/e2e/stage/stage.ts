/** Where the world under test is: two servers over one data directory, begun for this run alone. */
export interface Stage {
  /** `http://localhost:<port>` of the web app. */
  webUrl: string;
  /** `http://localhost:<port>` of the REST app, which serves pictures too. */
  apiUrl: string;
  dataDir: string;
  /** Of the OpenID Connect server with which people can sign in. */
  issuer: string;
  /** Of the server of the AT Protocol with which people can sign in. */
  atprotoUrl: string;
  administrator: { email: string; password: string };
}

const variable = "PARLEY_STAGE";

/** Hands the stage to the processes that run tests: they inherit the environment. */
export function publishStage(stage: Stage): void {
  process.env[variable] = JSON.stringify(stage);
}

/** The stage, once it stands. */
export function publishedStage(): Stage | null {
  const text = process.env[variable];
  return text === undefined ? null : (JSON.parse(text) as Stage);
}

/** The stage of a running test. */
export function stage(): Stage {
  const published = publishedStage();
  if (published === null) throw new Error("The stage was not set up");
  return published;
}
