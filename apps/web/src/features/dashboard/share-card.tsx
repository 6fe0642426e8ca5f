"use client";
import { clsx } from "clsx";
import { QrCode as QrCodeIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { CopyButton } from "@/components/copy-button";
import { Dialog } from "@/components/dialog";

// Few visits need it, and it is a fair piece of code.
const QrCode = dynamic(() => import("./qr-code").then((module) => module.QrCode), {
  ssr: false,
  loading: () => <div className="skeleton aspect-square w-full" />,
});

/** The address of one's page, to copy, or to be scanned from a card or a screen. */
export function ShareCard({ address, username, className }: { address: string; username: string; className?: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Card className={clsx("space-y-4 p-5", className)}>
      <h2 className="text-lg font-medium">Share your page</h2>
      <p className="rounded-md bg-sunken px-3 py-2 text-sm wrap-anywhere">{address.replace(/^https?:\/\//, "")}</p>
      <div className="flex flex-wrap gap-3">
        <CopyButton text={address} label="Copy link" />
        <Button tone="quiet" onPress={() => setIsOpen(true)}>
          <QrCodeIcon aria-hidden="true" strokeWidth={1.5} className="size-4" />
          QR code
        </Button>
      </div>
      <Dialog title="Scan to open your page" isOpen={isOpen} onOpenChange={setIsOpen}>
        <QrCode text={address} fileName={`parley-${username}.svg`} />
        <Button onPress={() => setIsOpen(false)}>Close</Button>
      </Dialog>
    </Card>
  );
}
