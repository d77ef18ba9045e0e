export function SendersPage() {
  return null;
}
