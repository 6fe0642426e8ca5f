/** A demo host: name | what they do | rate in dollars | window in minutes | hours as "days start-end". */
const lines = `
Amara Okafor|Career coach for people who have outgrown their job. Twelve years in hiring, on both sides of the table.|2.50|10|1-5 9-17
Jonas Lindqvist|Chess trainer, FIDE master. I find the one habit that costs you most games.|1.80|15|1,3,5 16-21
Priya Raman|Maths from fractions to first-year calculus, without the fear.|1.20|15|1-6 8-12
Mateo Fuentes|Spanish conversation with a patient listener from Oaxaca.|0.90|20|1-5 14-20
Hannah Weiss|Sleep consultant. We look at your evenings before we look at your nights.|3.20|10|2-4 18-22
Tobias Albrecht|Tax adviser for freelancers in Germany. Plain answers to plain questions.|4.50|10|1-4 9-13
Mei Tanaka|Ikebana and small gardens: what to plant, what to leave out.|1.60|15|3-6 10-16
Declan Byrne|Fiddle, from first scale to first session. Slow tunes welcome.|1.10|20|1-4 17-21
Salma Haddad|Public speaking. Bring the talk you are dreading.|2.90|10|1-5 12-18
Oliver Grant|Salary negotiation. I was the one saying no; now I help you get to yes.|5.00|10|1,2,4 8-11
Ngozi Eze|Midwife and antenatal teacher. No question is too small at three in the morning.|2.20|15|0-6 19-23
Lucas Moreau|French cooking for one: sauces, knives, nerve.|1.40|20|5,6 15-21
Ingrid Solberg|Grant writing for small non-profits. Forty funded proposals, none of them pretty at first.|3.80|15|1-4 7-12
Rafael Costa|Running coach, 10k to marathon. I will talk you out of overtraining.|1.70|10|1-6 6-9
Yara Nasser|Arabic calligraphy and the patience it teaches.|1.30|20|2,4,6 13-18
Ethan Cole|Startup finance: runway, term sheets, and when not to raise.|8.50|10|1-5 15-19
Klara Novak|Photography critique. Ten pictures, one honest hour.|2.10|15|1,3,5 10-15
Samir Patel|Data interviews: SQL, statistics, and saying "I do not know" well.|3.40|15|0,6 9-18
Beatriz Almeida|Portuguese for people who are moving to Lisbon in a month.|1.00|20|1-5 9-12
Noah Fischer|Home networks and stubborn printers, fixed in plain words.|0.80|10|1-6 17-22
Aisha Bello|Grief counsellor. You talk, I listen, we go slowly.|2.80|15|1-4 11-17
Henrik Dahl|Woodworking: joints, finishes, and rescuing the table you already cut.|1.50|15|4-6 12-20
Camille Laurent|Perfume, from the first note to the last. Find the one that stays.|2.40|10|2-5 14-19
Diego Herrera|Guitar: flamenco technique for hands that started late.|1.60|15|1-5 18-22
Mina Park|Product design reviews. I will ask what it is for until we both know.|4.20|10|1-5 8-12
George Adeyemi|Genealogy in West African archives, and how to read a parish register.|1.90|20|6 9-17
Elena Petrova|Russian literature, one chapter at a time.|1.25|20|0,3 15-20
Marcus Hale|Strength training after fifty. Fewer exercises, done properly.|2.00|10|1-5 6-10
Fatima Zahra|Moroccan law for expatriates: leases, work permits, inheritance.|5.60|10|1-4 9-14
William Hartley|Allotments: soil, slugs and what to sow this week.|0.75|15|0-6 7-10
Sofia Rossi|Opera singer turned voice coach. Teachers and lawyers keep their voices with me.|2.70|15|1-4 13-19
Kenji Mori|Japanese business etiquette, and what the silence meant.|3.60|10|1-5 0-6
Leila Farahani|Persian cooking and the stories that come with it.|1.35|20|5,6 11-17
Patrick Doyle|First novels. I read the first ten pages and tell you where I stopped.|2.60|20|1-3 10-16
Anya Sokolova|Figure skating edges, explained off the ice.|1.75|10|2,4 15-19
Theo Vasiliou|Greek islands by ferry, planned by someone who missed the boats for you.|1.05|15|1-5 8-13
Ruth Mensah|Primary school reading. Bring the child, or only the worry.|1.15|15|1-5 15-18
Felix Brandt|Climbing: fear of falling, and how to fall.|1.65|10|1-5 19-22
Isabel Navarro|Divorce mediation. Two people, one page, no shouting.|6.40|15|1-4 10-18
Caleb Wright|Personal budgets for people who hate budgets.|1.45|10|1-6 12-16
Zanele Dube|Contemporary dance and bad knees.|1.55|15|2-6 9-13
Viktor Horvath|Restoring old bicycles, one seized bolt at a time.|0.95|15|6,0 10-18
Naomi Adler|Psychotherapist. Short conversations for the week between sessions.|4.80|10|1-4 8-16
Emre Yilmaz|Turkish for travellers, with tea.|0.85|20|0-6 16-20
Grace Kimani|Bees: your first hive, your first sting, your first honey.|1.30|15|5-6 7-12
Anton Berg|Piano technique for adults with day jobs.|2.15|15|1-5 19-23
Maya Desai|Ayurvedic kitchen: what to eat when the season turns.|1.85|10|1-5 5-9
Simon Clarke|UK immigration adviser, regulated. Bring the letter; we read it together.|7.20|10|1-5 9-17
Lucia Conti|Ceramics glazes: why it ran, why it crawled, why it is beautiful anyway.|1.40|15|3-6 14-18
Oscar Nilsson|Teaching teenagers to code, and their parents to let them.|2.30|15|1-4 16-20
Chiara Bianchi|Wedding speeches, short and kind.|3.10|10|1-6 18-21
Abdul Karim|Qur'an recitation, from the alphabet up.|0.70|20|0-6 3-7
Freya Jensen|Wild swimming in cold water, safely.|1.20|10|0,6 8-11
Hugo Silva|Surf forecasts, read for your beach and your level.|1.10|10|0-6 5-8
Tamar Levin|Hebrew, ancient and of this morning.|1.50|20|0-4 7-12
Nora Quinn|Autism in adult life. Diagnosed at forty-one, happy to compare notes.|2.45|15|1-5 11-15
Bruno Keller|Mountain weather and hut routes in the Alps.|1.95|10|3-5 17-21
Adaeze Obi|Natural hair care, with science.|1.60|15|2-6 10-19
Pavel Dvorak|Beer brewing at home: clean, warm, patient.|1.00|15|5,6 17-22
Jane Smith|Life coach and productivity consultant. Half an hour, one decision, made.|2.50|10|1-5 9-17
`;

export interface DemoHost {
  displayName: string;
  username: string;
  bio: string;
  rateCents: number;
  windowSizeMinutes: number;
  slots: { dayOfWeek: number; startMinute: number; endMinute: number }[];
}

export const demoHosts: readonly DemoHost[] = lines
  .trim()
  .split("\n")
  .map((line) => {
    const [displayName = "", bio = "", rate = "", window = "", hours = ""] = line.split("|");
    return {
      displayName,
      username: displayName === "Jane Smith" ? "janesmith" : displayName.toLowerCase().replaceAll(" ", "-"),
      bio,
      rateCents: Math.round(Number(rate) * 100),
      windowSizeMinutes: Number(window),
      slots: readHours(hours),
    };
  });

/** "1-3,5 9-17" is Monday to Wednesday and Friday, from nine to five. */
function readHours(text: string): DemoHost["slots"] {
  const [days = "", hours = ""] = text.split(" ");
  const [start = 0, end = 0] = hours.split("-").map((hour) => Number(hour) * 60);
  return days
    .split(",")
    .flatMap((part) => {
      const [first = 0, last = first] = part.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    })
    .map((dayOfWeek) => ({ dayOfWeek, startMinute: start, endMinute: end }));
}
