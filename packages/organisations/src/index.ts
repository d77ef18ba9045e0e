export {
  inboxFilter,
  may,
  memberPrincipal,
  type Permission,
  type Principal,
  permissions,
  permissionsOf,
  type Role,
  roles,
  seesInbox,
  tokenPrincipal,
} from "./access.ts";
export {
  addMember,
  changeMember,
  createOrganisation,
  type Inbox,
  listInboxes,
  listMembers,
  listTeams,
  type Member,
  type Membership,
  membershipsOf,
  type Organisation,
  readOrganisation,
  saveInbox,
  saveTeam,
  type Team,
} from "./organisation.ts";
export {
  addSender,
  listSenders,
  type Sender,
  type SenderAccount,
  senderAccount,
  setSenderState,
  type WebhookIdentity,
  webhookIdentity,
} from "./sender.ts";
export { followPlatform, noteStanding, type PlatformStanding, type Stop, stopSender } from "./standing.ts";
export {
  type ApiToken,
  createToken,
  findToken,
  hashToken,
  listTokens,
  newTokenSecret,
  revokeToken,
  unknownScopes,
} from "./token.ts";
export { createVault, type Vault } from "./vault.ts";
