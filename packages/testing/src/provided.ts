import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the database that no test uses, from which others are made. */
    postgresUrl: string;
    templateName: string;
  }
}
