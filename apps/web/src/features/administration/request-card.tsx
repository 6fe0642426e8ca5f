import type { AgeVerificationRequest } from "@parley/api/schema/host-onboarding/age-verification";
import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import { DecisionButtons } from "./decision-buttons";
import { DocumentView } from "./document-view";

export interface RequestCardProps {
  request: AgeVerificationRequest;
  /** Completed years today. */
  age: number;
}

/** One request for age verification: who asks, what they claim, the document, and what was or can be decided. */
export function RequestCard({ request, age }: RequestCardProps) {
  const isPending = request.status === "pending";
  return (
    <Card className="grid gap-6 p-5 sm:p-6 md:grid-cols-[minmax(0,1fr)_minmax(0,440px)]">
      <div className="min-w-0 space-y-5">
        <div>
          <h2 className="display text-xl wrap-anywhere">{request.displayName}</h2>
          <p className="text-sm text-muted wrap-anywhere">{request.email}</p>
        </div>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm">
          <dt className="text-muted">Born</dt>
          <dd>
            <span className="font-medium">{request.birthDate}</span>, so {age} years old
          </dd>
          <dt className="text-muted">Sent</dt>
          <dd>
            <LocalTime instant={request.submittedAt} />
          </dd>
          {request.decidedAt !== null && (
            <>
              <dt className="text-muted">{request.status === "verified" ? "Approved" : "Rejected"}</dt>
              <dd>
                <LocalTime instant={request.decidedAt} />
              </dd>
            </>
          )}
          {request.reason !== null && (
            <>
              <dt className="text-muted">Reason</dt>
              <dd className="wrap-anywhere whitespace-pre-line">{request.reason}</dd>
            </>
          )}
        </dl>
        {isPending && <DecisionButtons request={request} />}
      </div>
      {isPending && <DocumentView id={request.id} type={request.documentType} of={request.displayName} />}
    </Card>
  );
}
