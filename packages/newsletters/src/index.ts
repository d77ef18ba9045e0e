/**
 * Newsletters: what is sent to many.
 *
 *   plan        createCampaign, changeCampaign, readCampaign, listCampaigns, readPlannedTemplate
 *   foresee     forecastCampaign
 *   steer       startCampaign, pauseCampaign, resumeCampaign, cancelCampaign, approveCampaign
 *   work        tendCampaigns, brakeCampaign, watchFailures     called by whoever works the sender's lane
 *   tell        countCampaign, countReasons, listDeliveries     counted from the rows
 */
export type {
  Audience,
  Campaign,
  CampaignBrake,
  CampaignKind,
  CampaignPlan,
  CampaignState,
  CampaignTemplate,
} from "./campaign.ts";
export { changeCampaign, createCampaign, listCampaigns, readCampaign } from "./campaign.ts";
export { watchFailures } from "./failures.ts";
export { type CampaignForecast, forecastCampaign } from "./forecast.ts";
export {
  type CampaignDelivery,
  type CampaignProgress,
  countCampaign,
  countReasons,
  listDeliveries,
} from "./progress.ts";
export {
  approveCampaign,
  brakeCampaign,
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
  type Steered,
  startCampaign,
} from "./steer.ts";
export { type PlannedTemplate, readPlannedTemplate } from "./template.ts";
export { tendCampaigns } from "./tend.ts";
