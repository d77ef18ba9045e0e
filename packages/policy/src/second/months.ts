/** The same day so many calendar months later, or the last one of a month that is shorter. */
export function monthsAfter(moment: number, months: number): number {
  const then = new Date(moment);
  const day = then.getUTCDate();
  then.setUTCMonth(then.getUTCMonth() + months);
  if (then.getUTCDate() !== day) then.setUTCDate(0);
  return then.getTime();
}
