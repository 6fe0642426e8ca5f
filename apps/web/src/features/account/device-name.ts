// The first that matches counts: Edge and Opera call themselves Chrome, and Chrome calls itself Safari.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\bOPR\/|\bOpera\b/, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(HeadlessChrome|Chrome|CriOS|Chromium)\//, "Chrome"],
  [/\bVersion\/.*\bSafari\//, "Safari"],
];

const systems: readonly (readonly [RegExp, string, boolean])[] = [
  [/\biPhone\b/, "iPhone", true],
  [/\biPad\b/, "iPad", true],
  [/\bAndroid\b/, "Android", true],
  [/\bWindows NT\b/, "Windows", false],
  [/\bCrOS\b/, "ChromeOS", false],
  [/\bMac OS X\b/, "Mac", false],
  [/\bLinux\b/, "Linux", false],
];

export interface DeviceName {
  /** "Firefox on Windows"; a program's own name where no browser speaks. */
  name: string;
  isHandheld: boolean;
}

/** What a User-Agent header says of a device, in words. It claims, it does not prove. */
export function deviceName(userAgent: string | null): DeviceName {
  if (userAgent === null || userAgent.trim() === "") return { name: "Unknown device", isHandheld: false };
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = systems.find(([pattern]) => pattern.test(userAgent));
  const isHandheld = system?.[2] ?? false;
  if (browser !== undefined && system !== undefined) return { name: `${browser} on ${system[1]}`, isHandheld };
  const program = /^[\w .-]{1,40}/.exec(userAgent)?.[0].trim();
  return { name: browser ?? system?.[1] ?? program ?? "Unknown device", isHandheld };
}
