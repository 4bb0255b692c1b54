// Terms of special categories and of criminal offences in German: data. How a line is read is said in list.ts.
import { terms } from './list.js';

export const DE = terms('de', {
  cues: `
    ich, mir, mich, mein, meine, meiner, meinem, meinen, wir, uns, unser, unsere, unserem, er, sie, ihm, ihr, seine, ihre, mann, frau,
    sohn, tochter, kind, kinder, mutter, mama, vater, papa, bruder, schwester, freund, freundin, ex, familie, oma, opa, baby, kollege,
    kollegin, bin, hab, habe, hatte, nehm, nehme, bekam, leide, partner, partnerin`,
  health: `
    diabet*, *diabetes, zuckerkrank*, asthma*, *krebs?, krebskrank*, krebspatient*, brustkrebs*, darmkrebs*, hautkrebs*, lungenkrebs*,
    prostatakrebs*, krebsdiagnose*, tumor*, *tumor, leukämie*, lymphom*, melanom*, chemo, chemotherap*, bestrahlung?, strahlentherap*,
    metasta*, hiv*, aids, hepatitis, tuberkulose, lungenentzündung*, *entzündung?, bronchitis, covid*, corona?, grippe?, migräne*,
    epilep*, parkinson*, alzheimer*, dement*, demenz*, multiple sklerose, schlaganfall*, herzinfarkt*, herzkrank*, herzfehler*,
    herzschrittmacher*, herzinsuffizienz, bluthochdruck, thrombos*, blutarmut, anämie*, arthrit*, arthros*, osteopor*, fibromyalgi*,
    rheuma*, neurodermitis, schuppenflechte, psoriasis, allergi*, *allergie, *allergiker*, anaphyla*, laktoseintoleran*, *intoleranz?,
    zöliakie*, depress*, antidepress*, angststörung*, panikattacke*, bipolar*, schizophren*, psychose*, psychisch*, psychiatr*,
    psychotherap*, psychologe*?, psychologin?, posttraumat*, adhs, autis*, asperger*, legasthen*, essstörung*, magersucht,
    magersüchtig*, bulimi*, burnout, burn out, suizid*, selbstmord*, selbstverletz*, alkoholiker*, alkoholkrank*, alkoholsucht,
    drogenabhängig*, entzugsklinik*, entzug?, reha?, reha klinik, schwanger*, fehlgeburt*, abtreibung*, schwangerschafts*,
    kinderwunschklinik, künstliche befruchtung, unfruchtbar*, wechseljahre*, endometrios*, pille danach, antibabypille, rollstuhl*,
    *behinderung, schwerbehindert*, schwerbehinderung*, schwerbeschädigt*, blind?, blindenhund*, sehbehindert*, gehörlos*, taub?,
    schwerhörig*, hörgerät*, hörschaden, gelähmt*, querschnitt*, prothese*, amput*, operiert?, meine op, eine op, op termin, der op, krankenhaus?, intensivstation,
    notaufnahme?, mein arzt, meine ärztin, mein hausarzt, meine hausärztin, vom arzt, beim arzt, zum arzt, onkolog*, kardiolog*,
    frauenarzt*, gynäkolog*, urolog*?, neurolog*, hautarzt?, orthopäd*?, diagnos*?, befund?, befunde?, medikament*, tabletten?, rezept
    vom arzt, antibiotik*, insulin*, schmerzmittel*, kortison*, cortison*, chronisch krank*, chronische*?, *erkrankung, erkrankt?,
    *krankheit?, krankgeschrieben*, krankschreib*, krank geschrieben, krankmeld*, krankenschein*, bin krank, liege krank, schwer krank,
    schwerkrank*, todkrank*, unheilbar*, pflegegrad*, pflegestufe*, pflegefall, pflegebedürftig*, pflegeheim*?, durchfall?, erbrech*?,
    fieber?, infektion?, gebrochenes bein, bein gebrochen, arm gebrochen, hüfte gebrochen, dialyse*, nierenversagen, nierenkrank*,
    *transplant*, leberzirrhose, leberkrank*, bandscheibe*, darmspiegelung*, mammogra*, biops*, blutwerte*, blutgruppe*, bluttest*, down
    syndrom, mukoviszidose, lupus, morbus*, crohn*, colitis, reizdarm*, gürtelrose, herpes, chlamydi*, gonorrh*, tripper, syphilis,
    adipös*, adipositas, fettleibig*, schlaflos*?, schlafapnoe*, tinnitus, krampfanfall*, gehirnerschütterung*, impfung?, geimpft?,
    karzinom*, sepsis, rückenschmerz*?, suchtklinik, inkontinen*, beinbruch*, armbruch*, knochenbruch*, rippenbruch*, hüftbruch*,
    *fraktur, operation?, knieoperation*, hüftoperation*, herzoperation*, augenoperation*, süchtig?, drogensüchtig*, spielsüchtig*,
    alkoholsüchtig*, tablettensüchtig*, suchtkrank*, trauma?, traumata, traumatisier*, zur kur, behinderung*, behindert?, behinderte,
    behinderter, behinderten, gehbehindert*, körperbehindert*`,
  belief: `
    muslim*, moslem*, koran*, ramadan*, halal*, jüdisch*, juden, jüdin*, judentum, koscher*, synagoge*, thora, schabbat, sabbat,
    christlich*?, bin christ, bin christin, katholi*, protestant*, evangelisch*, evangelikal*, orthodox*?, baptist*, mormon*, jehova*,
    scientolog*, hindu*, buddhis*, sikh*, atheis*, agnosti*, konfessionslos*, beten?, gebet?, gebete?, gebets*?, getauft?, taufe?,
    kommunion?, konfirmation?, konfirmiert*, meine kirche, unsere kirche, kirchenaustritt*, kirche ausgetreten, kirchensteuer*,
    moschee*, imam, rabbiner*, mein pfarrer, meine gemeinde, unsere gemeinde?, mein glaube*, meinen glauben, meine religion, religiös*,
    religiöse* gründe*, kopftuch*?, bar mizwa, humanist*?, freikirche*, islam, islami*, jude?, ich bete, wir beten`,
  politics: `
    grüne gewählt, wähle die, wähle immer, wähle grün*, spd, cdu, csu, fdp, afd, die linke, linke gewählt, bsw, npd, die grünen, grünen
    mitglied*, parteimitglied*, parteibuch, in der partei, mitglied der partei, mitglied der grünen, mitglied der linken, politische
    meinung*, politische einstellung*, politische überzeugung*, politisch aktiv, sozialist*, kommunis*, marxis*, anarchis*, faschis*,
    rechtsradikal*, rechtsextrem*, linksextrem*, linksradikal*, antifa, querdenker*, reichsbürger*, pegida, övp, spö, fpö, svp wähler*, neos
    wähler*`,
  union: `
    gewerkschaft*, *gewerkschaft, ig metall, ver di, verdi mitglied*, verdi?, gew mitglied*, dgb, igbce, ig bce, ngg?, betriebsrat*?,
    personalrat*?, vertrauensmann der, streik?, streiken?, gestreikt*, warnstreik*?, tarifkampf, ögb`,
  sexuality: `
    schwul*, lesb*, homosexuell*, bisexuell*, heterosexuell*, asexuell*, pansexuell*, queer*, lgbt*, transgender*, transsexuell*,
    transsexual*, transident*, trans mann, trans frau, transmann*, transfrau*, bin trans, ist trans, nichtbinär*, nicht binär*,
    nonbinär*, non binary, geschlechtsangleich*, geschlechtsumwand*, coming out, geoutet*, sexualleben*, sexleben*, sexuelle
    orientierung, sexuelle* vorliebe*, sexuell missbrauch*, sexuell belästigt, erektions*, potenz*?, impoten*, libido, viagra,
    prostitu*, sexarbeit*, bdsm, fetisch*, swinger*`,
  ethnicity: `
    _ abstammung, _ herkunft?, migrationshintergrund*, ethnisch*, meine hautfarbe, hautfarbe?, dunkelhäutig*, schwarzer mensch, schwarze
    frau, schwarzer mann, bin schwarz, bin schwarzer, bin schwarze, afrodeutsch*, afroamerikan*, people of color, person of color,
    sinti*, sinto, zigeuner*, kurde, kurden, kurdin*, kurdisch*?, jeside*, jesidin*, mischling?, deutschtürk*, russlanddeutsch*,
    spätaussiedler*, aussiedler*, indigen*?, sorbe, sorbin, sorben, *ische wurzeln, *ischen wurzeln, roma?`,
  biometric: `
    fingerabdr*, gesichtsscan*, gesichtserkennung?, irisscan*, iris scan*, netzhautscan*, stimmabdruck*, handvenen*, biometrisch*, dna,
    dns test*, gentest*, genetisch*?, vaterschaftstest*, erbgut*, chromosom*, brca1, brca2, brca, erbkrankheit*, erblich?`,
  criminal: `
    vorbestraft*, vorstrafe*, straftat*?, straftäter*, strafregister*, strafverfahren*, strafbefehl*, strafanzeige*?, strafprozess*,
    führungszeugnis*?, polizeiliches führungszeugnis, verurteilt*, gefängnis*, knast, justizvollzug*, jva, haft?, haftstrafe*,
    haftbefehl*, inhaftiert*, untersuchungshaft, u haft, hafturlaub, freigänger*, auf bewährung, bewährungshelfer*, bewährungsstrafe*,
    bewährungsauflage*, verhaftet*, festgenommen*, angeklagt*, anklage?, geldstrafe*, freiheitsstrafe*, sozialstunden, fußfessel*,
    ladendiebstahl*, raub?, raubüberfall*?, wegen betrugs, wegen betrug, wegen _ betrugs, körperverletzung*, totschlag, mord?,
    vergewaltig*, sexualstraf*, drogendelikt*, drogenhandel*, dealer?, btmg, trunkenheit am steuer, trunkenheitsfahrt*, betrunken
    gefahren, fahren ohne führerschein, fahrerflucht, steuerhinterzieh*, geldwäsche?, unterschlagung*?, staatsanwalt*?, beschuldigter,
    jugendstrafe*, ermittelt gegen, ermittlungsverfahren*, wegen diebstahl, wegen diebstahls, wegen einbruch, wegen einbruchs`,
});
