import { twoFactorClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/react";

/** Sign-in, second factor and sessions are better-auth's; nothing of it is written by hand. */
export const auth = createAuthClient({ basePath: "/api/auth", plugins: [twoFactorClient()] });
