/** The start of the day on which somebody born on `birthDate` turns `age`. With an unreadable date it never comes. */
export function birthday(birthDate: string, age: number): number {
  const year = Number(birthDate.slice(0, 4)) + age;
  if (Number.isNaN(year)) return Number.POSITIVE_INFINITY;
  const turns = Date.parse(`${String(year).padStart(4, "0")}${birthDate.slice(4)}T00:00:00Z`);
  // 29 February in a year without one: 1 March.
  return Number.isNaN(turns) ? Date.UTC(year, 2, 1) : turns;
}
