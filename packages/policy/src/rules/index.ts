import type { Rule } from "../rule.ts";
import { appleRules } from "./apple.ts";
import { brazilianRules } from "./brazil.ts";
import { canadianRules } from "./canada.ts";
import { coreRules } from "./core.ts";
import { emailRules } from "./email.ts";
import { emailDomainRules } from "./email-domain.ts";
import { euRules } from "./eu.ts";
import { euDataProtectionRules } from "./eu-data-protection.ts";
import { frenchRules } from "./france.ts";
import { germanRules } from "./germany.ts";
import { homeLawRules } from "./home-law.ts";
import { indianRules } from "./india.ts";
import { instagramRules } from "./instagram.ts";
import { messengerRules } from "./messenger.ts";
import { dutchRules } from "./netherlands.ts";
import { otherCountriesRules } from "./other-countries.ts";
import { ownRules } from "./own.ts";
import { rcsRules } from "./rcs.ts";
import { smsRules } from "./sms.ts";
import { telegramRules } from "./telegram.ts";
import { telegramOperatorRules } from "./telegram-operators.ts";
import { britishRules } from "./united-kingdom.ts";
import { americanRules } from "./united-states.ts";
import { americanHoursRules } from "./united-states-hours.ts";
import { viberRules } from "./viber.ts";
import { webchatRules } from "./webchat.ts";
import { whatsappAppRules } from "./whatsapp-app.ts";
import { whatsappChannelsRules } from "./whatsapp-channels.ts";
import { whatsappCloudRules } from "./whatsapp-cloud.ts";
import { whatsappConsumerRules } from "./whatsapp-consumer.ts";
import { whatsappGoodsRules } from "./whatsapp-goods.ts";
import { whatsappLimitRules } from "./whatsapp-limits.ts";
import { whatsappPolicyRules } from "./whatsapp-policy.ts";
import { whatsappTemplateRules } from "./whatsapp-templates.ts";
import { whatsappTermsRules } from "./whatsapp-terms.ts";

/**
 * The whole book, in the order in which equally strong findings are told: the platform first, then the law of the
 * place, then the product's own rules. A new channel or region is a new file and a new line here.
 */
export const allRules: readonly Rule[] = [
  ...whatsappConsumerRules,
  ...whatsappAppRules,
  ...whatsappChannelsRules,
  ...whatsappTemplateRules,
  ...whatsappLimitRules,
  ...whatsappCloudRules,
  ...whatsappPolicyRules,
  ...whatsappGoodsRules,
  ...whatsappTermsRules,
  ...telegramRules,
  ...telegramOperatorRules,
  ...messengerRules,
  ...instagramRules,
  ...emailRules,
  ...emailDomainRules,
  ...webchatRules,
  ...smsRules,
  ...rcsRules,
  ...viberRules,
  ...appleRules,
  ...dutchRules,
  ...germanRules,
  ...britishRules,
  ...frenchRules,
  ...otherCountriesRules,
  ...americanRules,
  ...americanHoursRules,
  ...canadianRules,
  ...indianRules,
  ...brazilianRules,
  ...euRules,
  ...euDataProtectionRules,
  ...homeLawRules,
  ...coreRules,
  ...ownRules,
];
