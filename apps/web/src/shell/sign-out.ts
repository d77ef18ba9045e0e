/** Signing out brings its library along only when it is asked for: the desk opens without it. */
export async function signOut(): Promise<void> {
  const { auth } = await import("./auth.ts");
  await auth.signOut().catch(() => {}); // without an answer the page still leaves; the cookie ends by itself
  window.location.assign("/login");
}
