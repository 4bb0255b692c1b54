// Wishes for one's rights, in Dutch.
import type { RightsWords } from './rules.js';

const r = String.raw;

export const NL: RightsWords = {
  mine: r`mijn (?:eigen |persoonlijke )?(?:gegevens|persoonsgegevens|data|info|informatie)(?! is op)|(?:gegevens|data|info|informatie) (?:\w+ ){0,4}(?:over mij|over me|van mij|mij betreffen)`,
  utterances: r`mijn (?:berichten|chats|gesprekken|gedrag)`,
  aboutMe: r`(?:wat|welke|alles|hoeveel)\b.{0,40}\b(?:over mij|over me|van mij|van me)\b(?=.{0,25}\b(?:hebben|heeft|hebt|bewaren|bewaart|opgeslagen|weten|weet|staat|geregistreerd))|(?:wat|welke|alles)\b.{0,30}\b(?:weten|weet|hebben|hebt|heeft|bewaren|bewaart)\b.{0,20}\b(?:over mij|over me|van mij)|alle gegevens\b.{0,20}\bmij betreffen|van mij geregistreerd`,
  give: r`(?:stuur|geef|toon|mail|laat) (?:\w+ )?(?:mij|me)|(?:mij|me)\b.{0,50}\b(?:sturen|geven|tonen|verstrekken|mailen|toesturen|zien)|kopie|inzage|inzien|(?:kan|mag|wil|zou) (?:ik )?.{0,40}\b(?:zien|ontvangen|krijgen|weten|hebben)|verstrek\w*`,
  fix: r`corrig\w*|corrigeer\w*|gecorrigeerd|rectifi\w*|verbeter\w*|aanpass\w*|pas .{0,30}\baan|wijzig\w*|veranderd|bijwerk\w*|bij te werken|werk .{0,30}\bbij|update\w*|fout|fouten|verkeerd\w*|klopt niet|kloppen niet|onjuist\w*|oud|oude|verouderd\w*|vervang\w*|rechtzet\w*`,
  field: r`mijn (?:\w+ )?(?:naam|achternaam|voornaam|geboortedatum|telefoonnummer|nummer|e ?mail(?:adres)?|mailadres|adres)|(?:mailadres|e mailadres|emailadres|nummer|telefoonnummer|adres|naam) van mij`,
  held: r`in (?:jullie|uw|je|mijn) (?:systeem|administratie|bestand\w*|database|profiel|account|dossier)|(?:jullie|u|je) (?:hebben|heeft|hebt) (?:\w+ ){0,4}van mij|bij jullie`,
  freeze: r`bevries\w*|bevriez\w*|blokkeer\w*|blokker\w*|beperk\w*|beperking|opschort\w*|schort\w*|op pauze|pauzeer\w*|vergrendel\w*`,
  unused: r`niet (?:meer |langer )?(?:\w+ )?(?:gebruik\w*|verwerk\w*|analys\w*)|(?:gebruik|verwerk|analyseer)\w*\b.{0,40}\bniet\b|stop\w* met (?:de |het )?(?:verwerk\w*|gebruik\w*)|zonder (?:ze )?te (?:gebruiken|verwerken)`,
  meanwhile: r`tot|totdat|voorlopig|even|zolang|intussen|tijdelijk|voor nu|ondertussen`,
  kept: r`bewaar\w*|bewaren|houd|niet verwijder\w*|verwijder\w* (?:\w+ ){0,3}niet|niet wissen`,
  move: r`export\w*|exporteer\w*|overdrag\w*|overdraag\w*|meenem\w*|meegeven|overzet\w*|machineleesba\w*|importer\w*|doorstu\w*|stuur .{0,30}\bdoor|geef .{0,40}\bdoor`,
  elsewhere: r`(?:andere|nieuwe) (?:\w+ )?(?:aanbieder|leverancier|bedrijf|partij|dienst|provider)|ander bedrijf|concurrent\w*|ergens anders|elders`,
  oppose: r`bezwaar|tegen|niet akkoord|niet eens|wil niet|verzet|weiger|verbied|geen toestemming|mogen\b.{0,40}\bniet|mag\b.{0,40}\bniet`,
  use: r`gebruik\w*|verwerk\w*|analys\w*|profiel\w*|profiler\w*|train\w*|statistiek\w*`,
  ends: r`statistiek\w*|analyses?|profiel\w*|profiler\w*|ai|train\w*|onderzoek`,
  profiling: r`(?:stop\w* met|geen) (?:het )?(?:maken van )?(?:een )?profiel\w* (?:\w+ )?(?:van|over) mij|profileer (?:mij|me) niet|stop\w* met (?:mij |me )?(?:te )?profiler\w*`,
  named: {
    access: r`inzageverzoek|recht (?:op|van) inzage`,
    rectify: r`recht op rectificatie`,
    restrict: r`beperking van de verwerking|recht op beperking`,
    port: r`dataportabiliteit|recht op (?:data)?overdraagbaarheid|overdraagbaarheid van (?:mijn )?gegevens`,
    object: r`recht van bezwaar`,
  },
  otherwise: r`(?:zal|moet|kan|mag) ik\b.{0,30}\b(?:sturen|geven|doorgeven|invullen)|ik (?:geef|stuur)|ik heb\b.{0,40}\b(?:gegeven|gestuurd|doorgegeven|aangepast|gewijzigd|bijgewerkt)|(?:hebben jullie|heeft u)\b.{0,30}\bontvangen|hier (?:zijn |komen )?mijn|veilig|vul ik|(?:jullie|u) (?:\w+ ){0,5}nodig|kwijt`,
  business: r`bestelling\w*|factu\w*|bon|boeking|reservering|afspraak|levering|bezorg\w*|verzend\w*|pakket\w*|prijs|terugbetal\w*|korting\w*|winkelwagen|tickets?|retour|trackingnummer|technische|garantie|maat`,
};
