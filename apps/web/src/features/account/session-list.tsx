"use client";
import type { SessionPage } from "@parley/api/schema/account/sessions";
import { Laptop, Smartphone } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog, DialogActions } from "@/components/dialog";
import { LocalTime } from "@/components/local-time";
import { deviceName } from "./device-name";
import { useSessions } from "./use-sessions";

/** Where one is signed in, with the way to end each. */
export function SessionList({ initial }: { initial: SessionPage }) {
  const { sessions, end, endOthers, isEndingOthers } = useSessions(initial);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <div className="space-y-5">
      <ul aria-label="Sessions" className="divide-y divide-hairline rounded-lg border border-hairline bg-raised">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => end(session.id)} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button tone="danger" isPending={isEndingOthers} onPress={() => setIsAsking(true)}>
          End all other sessions
        </Button>
      )}
      <Dialog title="End all other sessions?" role="alertdialog" isOpen={isAsking} onOpenChange={setIsAsking}>
        <p className="text-muted">Every browser and app but this one is signed out within seconds.</p>
        <DialogActions>
          <Button tone="quiet" autoFocus onPress={() => setIsAsking(false)}>
            Keep them
          </Button>
          <Button
            tone="danger"
            onPress={() => {
              setIsAsking(false);
              endOthers();
            }}
          >
            End all others
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}

function SessionRow({ session, onEnd }: { session: SessionPage["items"][number]; onEnd(): void }) {
  const device = deviceName(session.userAgent);
  const Icon = device.isHandheld ? Smartphone : Laptop;
  return (
    <li className="flex items-center gap-4 p-4">
      <Icon aria-hidden="true" strokeWidth={1.5} className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{device.name}</p>
        <p className="text-sm text-muted wrap-anywhere">
          {session.ip ?? "Unknown address"} ·{" "}
          {session.isCurrent ? (
            <span className="text-live">This session</span>
          ) : (
            <>
              last seen <LocalTime instant={session.lastSeenAt} look="ago" />
            </>
          )}
        </p>
        <p className="text-sm text-muted">
          Signed in <LocalTime instant={session.createdAt} />
        </p>
      </div>
      {!session.isCurrent && (
        <Button size="small" onPress={onEnd} aria-label={`End the session of ${device.name}`}>
          End
        </Button>
      )}
    </li>
  );
}
