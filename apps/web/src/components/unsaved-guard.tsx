"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { Dialog, DialogActions } from "./dialog";

/** Asks before a page with unsaved changes is left: by a link within the app, by closing the tab, by another address. */
export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const router = useRouter();
  const [destination, setDestination] = useState<string | null>(null);

  useEffect(() => {
    if (!isDirty) return;
    const onBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const href = ownLinkOf(event);
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      setDestination(href);
    };
    window.addEventListener("beforeunload", onBeforeUnload);
    // Before the link's own handler, which would navigate.
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", onBeforeUnload);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [isDirty]);

  return (
    <Dialog
      title="Leave without saving?"
      role="alertdialog"
      isOpen={destination !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) setDestination(null);
      }}
    >
      <p className="text-muted">Your changes on this page have not been saved. If you leave now, they are lost.</p>
      <DialogActions>
        <Button
          tone="danger"
          onPress={() => {
            setDestination(null);
            if (destination !== null) router.push(destination as Route);
          }}
        >
          Leave
        </Button>
        <Button tone="primary" autoFocus onPress={() => setDestination(null)}>
          Stay
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The address within this app that a plain click leads to, or null. */
function ownLinkOf(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === "_blank" || link.hasAttribute("download")) return null;
  const url = new URL(link.href);
  const isElsewhere = url.origin !== window.location.origin;
  const isHere = url.pathname === window.location.pathname && url.search === window.location.search;
  return isElsewhere || isHere ? null : url.pathname + url.search + url.hash;
}
