import { clsx } from "clsx";
import Image from "next/image";

export interface PortraitProps {
  name: string;
  url: string | null;
  /** Edge in pixels. */
  size: 32 | 48 | 72 | 96 | 144 | 192;
  isPriority?: boolean;
  className?: string;
}

/** A person's picture; their initials until there is one. */
export function Portrait({ name, url, size, isPriority = false, className }: PortraitProps) {
  const frame = clsx("shrink-0 rounded-full bg-accent-soft object-cover", className);
  if (url !== null) {
    return (
      <Image
        src={url}
        alt=""
        width={size}
        height={size}
        priority={isPriority}
        className={frame}
        style={{ width: size, height: size }}
      />
    );
  }
  return (
    <span
      aria-hidden="true"
      className={clsx(frame, "display inline-flex items-center justify-center text-accent")}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = "", last = ""] = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ([...first].slice(0, 1).join("") + [...last].slice(0, 1).join("")).toUpperCase();
}
