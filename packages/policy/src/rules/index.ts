import type { Rule } from "../rule.ts";
import { appleRules } from "./apple.ts";
import { coreRules } from "./core.ts";
import { emailRules } from "./email.ts";
import { emailDomainRules } from "./email-domain.ts";
import { euRules } from "./eu.ts";
import { germanRules } from "./germany.ts";
import { instagramRules } from "./instagram.ts";
import { messengerRules } from "./messenger.ts";
import { dutchRules } from "./netherlands.ts";
import { ownRules } from "./own.ts";
import { rcsRules } from "./rcs.ts";
import { telegramRules } from "./telegram.ts";
import { telegramOperatorRules } from "./telegram-operators.ts";
import { britishRules } from "./united-kingdom.ts";
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
  ...rcsRules,
  ...viberRules,
  ...appleRules,
  ...dutchRules,
  ...germanRules,
  ...britishRules,
  ...euRules,
  ...coreRules,
  ...ownRules,
];
