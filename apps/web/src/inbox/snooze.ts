/** The next working moments one snoozes to, in the person's own zone. */
export function snoozePresets(now: Date): { later: Date | null; tomorrow: Date; monday: Date } {
  const at = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const inThreeHours = new Date(now.getTime() + 3 * 3_600_000);
  inThreeHours.setMinutes(0, 0, 0);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return {
    later: inThreeHours.getDate() === now.getDate() ? inThreeHours : null,
    tomorrow: at(1, 9),
    monday: at(toMonday, 9),
  };
}
