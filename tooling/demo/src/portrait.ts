/**
 * Draws a person as SVG: paper ground, shoulders, neck, head, hair. All choices come from the seed, so the same host
 * has the same face on every machine.
 */
export function portrait(seed: number): string {
  const pick = picker(seed);
  const ground = pick(["#E9DCC9", "#D8E2DC", "#E8D5D0", "#D6DCE8", "#E4E0CF", "#DCD3E4", "#CFE0E0", "#F0DFC0"]);
  const skin = pick(["#F3D3BC", "#E8B998", "#D49A73", "#B97A56", "#8E5A3C", "#6B4028", "#F6DCCB", "#C68A63"]);
  const hair = pick(["#2A211C", "#46301F", "#6E4A2B", "#A7753F", "#C9A26A", "#8C8880", "#D8D2C6", "#7A2E1D"]);
  const cloth = pick(["#0B5D4B", "#31486B", "#8A3B2E", "#C08A2E", "#4B3D60", "#2F2F33", "#6B7F5B", "#B4586A"]);
  const tilt = pick([-3, -2, 0, 0, 2, 3]);
  const wide = pick([0, 4, 8, -4]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">
  <rect width="512" height="512" fill="${ground}"/>
  <circle cx="${pick([120, 256, 400])}" cy="${pick([90, 150, 200])}" r="${pick([150, 190, 230])}" fill="#fff" opacity=".28"/>
  <g transform="rotate(${tilt} 256 400)">
    ${pick(backHair)(hair)}
    <path d="M56 540c8-112 92-160 200-160s192 48 200 160z" fill="${cloth}"/>
    ${pick(collars)(cloth)}
    <path d="M214 300h84v78c0 30-84 30-84 0z" fill="${skin}"/>
    <path d="M214 322c22 26 62 26 84 0v24c-24 22-60 22-84 0z" fill="#000" opacity=".12"/>
    <ellipse cx="256" cy="230" rx="${92 + wide}" ry="112" fill="${skin}"/>
    <ellipse cx="${162 - wide}" cy="238" rx="13" ry="22" fill="${skin}"/><ellipse cx="${350 + wide}" cy="238" rx="13" ry="22" fill="${skin}"/>
    <g fill="#241C17"><ellipse cx="220" cy="236" rx="8" ry="9.500"/><ellipse cx="292" cy="236" rx="8" ry="9.500"/></g>
    <g stroke="${hair}" stroke-width="7" stroke-linecap="round" fill="none" opacity=".85">${pick(brows)}</g>
    <path d="M256 240c-4 18-12 30-6 36 4 3 10 3 14 1" stroke="#000" stroke-opacity=".22" stroke-width="5" fill="none" stroke-linecap="round"/>
    ${pick(mouths)}
    <g fill="#D9534F" opacity=".14"><circle cx="198" cy="276" r="20"/><circle cx="314" cy="276" r="20"/></g>
    ${pick(frontHair)(hair)}
    ${pick(extras)(hair)}
  </g>
</svg>`;
}

type Part = (colour: string) => string;

const none: Part = () => "";
const backHair: Part[] = [
  none,
  (c) =>
    `<path d="M140 220c0-90 50-140 116-140s116 50 116 140v150c-20 30-40 20-46-10H186c-6 30-26 40-46 10z" fill="${c}"/>`,
  (c) => `<circle cx="256" cy="84" r="52" fill="${c}"/>`,
  (c) => `<ellipse cx="256" cy="196" rx="150" ry="146" fill="${c}"/>`,
];
const frontHair: Part[] = [
  (c) => `<path d="M158 226c-8-86 40-128 98-128s106 42 98 128c-8-50-34-70-58-74-46 20-116 10-138 74z" fill="${c}"/>`,
  (c) =>
    `<path d="M160 214c-6-78 44-116 96-116s102 38 96 116c-12-40-30-56-40-62-36 8-76 8-112 0-10 6-28 22-40 62z" fill="${c}"/>`,
  (c) =>
    `<path d="M156 240c-14-96 42-146 100-146 66 0 114 50 100 146-8-60-50-92-84-96-10 30-84 34-116 96z" fill="${c}"/>`,
  (c) => `<path d="M164 190c10-60 50-86 92-86s82 26 92 86c-30-28-60-36-92-36s-62 8-92 36z" fill="${c}"/>`,
  (c) => `<path d="M166 176c20-52 52-70 90-70s70 18 90 70c-50-22-130-22-180 0z" fill="${c}" opacity=".55"/>`,
];
const extras: Part[] = [
  none,
  none,
  none,
  () =>
    `<g fill="none" stroke="#2A2622" stroke-width="6"><circle cx="220" cy="238" r="29"/><circle cx="292" cy="238" r="29"/><path d="M249 236h14M191 232l-26-6M321 232l26-6"/></g>`,
  (c) =>
    `<path d="M176 258c2 62 34 96 80 96s78-34 80-96c-8 30-22 40-40 42-20-10-60-10-80 0-18-2-32-12-40-42z" fill="${c}" opacity=".92"/>`,
  () => `<g fill="#C9A227"><circle cx="160" cy="268" r="6"/><circle cx="352" cy="268" r="6"/></g>`,
];
const collars: Part[] = [
  none,
  () => `<path d="M200 386l56 52 56-52 18 12-74 76-74-76z" fill="#fff" opacity=".85"/>`,
  () => `<path d="M196 384c30 40 90 40 120 0l14 8c-34 60-114 60-148 0z" fill="#000" opacity=".2"/>`,
];
const brows = [
  '<path d="M202 208q18-10 36-2M274 206q18-8 36 2"/>',
  '<path d="M204 206h32M276 206h32"/>',
  '<path d="M202 212q16-16 36-8M274 204q20-8 36 8"/>',
];
const mouths = [
  '<path d="M226 302q30 24 60 0" stroke="#7A2F2A" stroke-width="7" fill="none" stroke-linecap="round"/>',
  '<path d="M228 304q28 12 56 0" stroke="#7A2F2A" stroke-width="7" fill="none" stroke-linecap="round"/>',
  '<path d="M222 298q34 38 68 0z" fill="#7A2F2A"/><path d="M232 301q24 8 48 0v5q-24 8-48 0z" fill="#fff"/>',
];

/** A small congruential generator: the same picks for the same seed, everywhere. */
function picker(seed: number): <T>(choices: readonly T[]) => T {
  let state = (seed * 2_654_435_761) >>> 0;
  return (choices) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return choices[Math.floor((state / 2 ** 32) * choices.length)] as (typeof choices)[number];
  };
}
