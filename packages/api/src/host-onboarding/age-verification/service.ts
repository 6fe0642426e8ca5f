import type { Actor } from "@parley/auth";
import type { Mailer } from "@parley/mail";
import type * as MailTemplates from "@parley/mail/templates";
import type { ObjectStorage } from "@parley/object-storage";
import { uuidv7 } from "uuidv7";
import { conflict, type DomainError, invalid, notFound } from "../../errors";
import { bytesOf } from "../../primitives";
import { accountGone } from "../../profile/service";
import { type AgeCheck, type AgeVerificationProvider, birthDateProblem, documentKey, documentTypeOf } from "./rules";
import type {
  AgeDocument,
  AgeVerification,
  AgeVerificationPage,
  AgeVerificationRequest,
  ListAgeVerifications,
  RejectAgeVerification,
  SubmitAgeVerification,
} from "./schema";
import type { AgeVerificationStore, Decision } from "./store";

export interface AgeVerificationDependencies {
  ageVerifications: AgeVerificationStore;
  ageVerificationProvider: AgeVerificationProvider;
  objects: ObjectStorage;
  clock(): Date;
  log: { warn(facts: object, message: string): void };
}

export interface DecisionMailDependencies {
  ageVerifications: AgeVerificationStore;
  mailer: Pick<Mailer, "send">;
  mailTemplates: Pick<typeof MailTemplates, "ageVerificationApproved" | "ageVerificationRejected">;
  webLink(pathname: string): string;
}

/** Long after any upload has ended; an object without a request is then nobody's. */
const uploadGraceMilliseconds = 60 * 60 * 1000;

export async function getAgeVerification(
  deps: Pick<AgeVerificationDependencies, "ageVerifications">,
  actor: Actor,
): Promise<AgeVerification> {
  const verification = await deps.ageVerifications.find(actor.userId);
  if (verification === null) throw accountGone();
  return verification;
}

/**
 * Opens a request. The document is stored before the row that names it, so that no request lacks its document; a
 * clean-up ordered even before that removes the document should the row never come.
 * @throws validation_error naming `birthDate` or `document`; conflict while a request is open or once verified.
 */
export async function submitAgeVerification(
  deps: AgeVerificationDependencies,
  actor: Actor,
  input: SubmitAgeVerification,
): Promise<AgeVerification> {
  const submittedAt = deps.clock();
  const check = await readSubmission(actor, input, submittedAt);
  // Spares the object store a document that the row would be refused for; the row's own guards still decide.
  const { status } = await getAgeVerification(deps, actor);
  if (status === "verified" || status === "pending") throw refusals[`${status}_already`]();

  const key = documentKey(check.id);
  const { bytes, contentType } = check.document;
  await deps.ageVerifications.orderDocumentCheck(key, new Date(submittedAt.getTime() + uploadGraceMilliseconds));
  await deps.objects.put(key, bytes, { contentType, cacheControl: "private, no-store" });
  const { id, userId, birthDate } = check;
  const request = { id, userId, birthDate, documentKey: key, documentType: contentType, submittedAt };
  const result = await deps.ageVerifications.record(request);
  if (result !== "recorded") {
    await deleteAtOnce(deps, key);
    throw refusals[result]();
  }
  await askProvider(deps, check);
  return getAgeVerification(deps, actor);
}

export async function listAgeVerifications(
  deps: Pick<AgeVerificationDependencies, "ageVerifications">,
  input: ListAgeVerifications,
): Promise<AgeVerificationPage> {
  const { items, total } = await deps.ageVerifications.list(input);
  return { items, total, page: input.page, perPage: input.perPage };
}

/** @throws not_found once the request is decided: its document is gone, or about to be. */
export async function getAgeDocument(
  deps: Pick<AgeVerificationDependencies, "ageVerifications" | "objects">,
  input: { id: string },
): Promise<AgeDocument> {
  const document = await deps.ageVerifications.findDocument(input.id);
  const object = document === null ? null : await deps.objects.get(document.key);
  if (document === null || object === null) throw notFound("Document");
  return { bytes: object.bytes, contentType: document.contentType };
}

/** @throws not_found; conflict when it was decided already, also by somebody else a moment ago. */
export function approveAgeVerification(
  deps: AgeVerificationDependencies,
  actor: Actor,
  input: { id: string },
): Promise<AgeVerificationRequest> {
  return decide(deps, actor, input.id, { status: "verified", reason: null });
}

/** @throws not_found; conflict as for an approval. */
export function rejectAgeVerification(
  deps: AgeVerificationDependencies,
  actor: Actor,
  input: RejectAgeVerification,
): Promise<AgeVerificationRequest> {
  return decide(deps, actor, input.id, { status: "rejected", reason: input.reason });
}

/** Removes a document that no open request owns. Job; safe to repeat, and to run too early. */
export async function deleteDocument(
  deps: Pick<AgeVerificationDependencies, "ageVerifications" | "objects">,
  job: { key: string },
): Promise<void> {
  if (!(await deps.ageVerifications.isDocumentOwned(job.key))) await deps.objects.delete(job.key);
}

/** Tells a person what was decided. Job. */
export async function sendDecisionMail(
  deps: DecisionMailDependencies,
  job: { ageVerificationId: string },
): Promise<void> {
  const news = await deps.ageVerifications.findDecision(job.ageVerificationId);
  if (news === null) return;
  const facts = { name: news.displayName, link: deps.webLink("/become-a-host") };
  const mail =
    news.status === "verified"
      ? deps.mailTemplates.ageVerificationApproved(facts)
      : deps.mailTemplates.ageVerificationRejected({ ...facts, reason: news.reason ?? "" });
  await deps.mailer.send({ to: news.email, ...mail });
}

/** The request that the input makes, or a refusal that names every field at fault. */
async function readSubmission(actor: Actor, input: SubmitAgeVerification, now: Date): Promise<AgeCheck> {
  const { birthDate } = input;
  const bytes = await bytesOf(input.document);
  const contentType = documentTypeOf(bytes);
  const problem = birthDateProblem(birthDate, now.toISOString().slice(0, 10));
  if (contentType !== null && problem === null) {
    return { id: uuidv7(), userId: actor.userId, birthDate, document: { bytes, contentType } };
  }
  throw invalid({
    ...(problem !== null && { birthDate: problem }),
    ...(contentType === null && { document: "must be a JPEG, PNG or WebP image or a PDF" }),
  });
}

const refusals = {
  verified_already: () => conflict("Your age is verified already"),
  pending_already: () => conflict("A request of yours is being reviewed already"),
  account_gone: accountGone,
} satisfies Record<string, () => DomainError>;

/** The ordered clean-up would do it too, but later; so a failure here must not hide the refusal. */
async function deleteAtOnce(deps: AgeVerificationDependencies, key: string): Promise<void> {
  try {
    await deps.objects.delete(key);
  } catch (error) {
    deps.log.warn({ err: error, key }, "a needless document is left to its clean-up job");
  }
}

/** A provider that fails leaves the request open: people review what machines cannot. */
async function askProvider(deps: AgeVerificationDependencies, check: AgeCheck): Promise<void> {
  const { ageVerificationProvider: provider } = deps;
  try {
    const answer = await provider.start(check);
    if (answer.outcome === "pending") return;
    const reason = answer.outcome === "rejected" ? answer.reason : null;
    const decision = { status: answer.outcome, reason, decidedById: null, decidedAt: deps.clock() };
    await deps.ageVerifications.decide(check.id, decision);
  } catch (error) {
    const facts = { err: error, provider: provider.name, ageVerificationId: check.id };
    deps.log.warn(facts, "the age verification provider failed; the request waits for an administrator");
  }
}

async function decide(
  deps: AgeVerificationDependencies,
  actor: Actor,
  id: string,
  verdict: Pick<Decision, "status" | "reason">,
): Promise<AgeVerificationRequest> {
  const decision = { ...verdict, decidedById: actor.userId, decidedAt: deps.clock() };
  const result = await deps.ageVerifications.decide(id, decision);
  switch (result.outcome) {
    case "decided":
      return result.request;
    case "decided_already":
      throw conflict("This request was decided already");
    case "unknown":
      throw notFound("Age verification");
  }
}
