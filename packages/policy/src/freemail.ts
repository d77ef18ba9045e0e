/** Domains at which anybody can have a mailbox. Nobody who writes from one can show that the domain is theirs. */
const freemailDomains: ReadonlySet<string> = new Set(
  (
    "gmail.com googlemail.com yahoo.com yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.com.br " +
    "yahoo.ca ymail.com rocketmail.com aol.com aol.de outlook.com outlook.de outlook.fr outlook.es outlook.it hotmail.com " +
    "hotmail.nl hotmail.be hotmail.de hotmail.fr hotmail.it hotmail.es hotmail.co.uk live.com live.nl live.be live.de live.fr " +
    "live.it live.co.uk msn.com passport.com icloud.com me.com mac.com proton.me protonmail.com pm.me tutanota.com tuta.com " +
    "mail.com email.com fastmail.com zoho.com gmx.com gmx.net gmx.de gmx.at gmx.ch web.de t-online.de freenet.de arcor.de " +
    "kpnmail.nl planet.nl hetnet.nl ziggo.nl home.nl telenet.be skynet.be proximus.be orange.fr wanadoo.fr laposte.net " +
    "free.fr sfr.fr libero.it virgilio.it alice.it tin.it tiscali.it telefonica.net terra.es uol.com.br bol.com.br terra.com.br " +
    "btinternet.com sky.com talktalk.net virginmedia.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net " +
    "wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz azet.sk freemail.hu citromail.hu abv.bg mail.bg inbox.lv mail.ru " +
    "bk.ru list.ru inbox.ru rambler.ru yandex.ru yandex.com ukr.net i.ua bluewin.ch qq.com 163.com 126.com sina.com naver.com " +
    "daum.net hanmail.net rediffmail.com"
  ).split(" "),
);

export function isFreemail(domain: string): boolean {
  return freemailDomains.has(domain.toLowerCase().replace(/\.$/, ""));
}
