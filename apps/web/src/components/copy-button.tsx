"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "./button";

/** Puts a text on the clipboard, and says that it is there. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const Icon = isCopied ? Check : Copy;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setIsCopied(true);
      toast.success("Copied.");
      setTimeout(() => setIsCopied(false), 2_000);
    } catch {
      toast.error("Your browser did not let us copy. Select the text and copy it yourself.");
    }
  };
  return (
    <Button onPress={() => void copy()}>
      <Icon aria-hidden="true" strokeWidth={1.5} className="size-4" />
      {label}
    </Button>
  );
}
