// Terms of special categories and of criminal offences in Dutch: data. How a line is read is said in list.ts.
import { terms } from './list.js';

export const NL = terms('nl', {
  cues: `
    ik, me, mij, mijn, mn, wij, we, ons, onze, hij, zij, ze, hem, haar, zijn, ben, heb, had, man, vrouw, zoon, dochter, kind, kinderen,
    moeder, mama, vader, papa, broer, zus, vriend, vriendin, ex, familie, gezin, oma, opa, baby, collega, partner, slik, krijg, is,
    heeft, werd, word`,
  health: `
    diabet*, suikerziek*, astma*, *kanker, kankerpatiënt*, tumor*, leukemie*, lymfoom*, melanoom*, chemo, chemokuur*, chemotherap*,
    bestraling*, uitzaai*, hiv*, aids, seropositief, hepatitis, tuberculose, longontsteking*, bronchitis, covid*, corona?, griep?,
    migraine*, epileps*, epilepti*, parkinson*, alzheimer*, dement*, dementie*, multiple sclerose, beroerte*, herseninfarct*,
    hartinfarct*, hartaanval*, hartpati*, hartfalen, hartkwaal*, hartafwijking*, pacemaker*, hoge bloeddruk, trombos*, bloedarmoede,
    anemie*, artrit*, artros*, reuma*, osteopor*, fibromyalgi*, eczeem*, psoriasis, allergi*, *allergie, anafyla*, coeliakie, depress*,
    antidepress*, angststoornis*, paniekaanval*, paniekstoornis*, bipolair*, schizofren*, psychose*, psychotisch*, psychiat*,
    psychotherap*, psychisch*, psycholoog?, therapeut?, ptss, adhd, autis*, asperger*, dyslexi*, dyslect*, eetstoornis*, anorexi*,
    boulimi*, burn out, burnout, suïcid*, suicid*, zelfmoord*, zelfbeschadig*, alcoholist*, alcoholisme, alcoholverslaa*, drugsverslaa*,
    verslaafd?, verslaving?, afkickkliniek*, afkicken?, zwanger*, miskra*, abortus*, ivf, onvruchtbaar*, menopauz*, endometrios*,
    anticonceptie*, de pil?, morning after pil, rolstoel*, gehandicapt*, handicap*, arbeidsongeschikt*, blind?, slechtziend*, doof?,
    slechthorend*, gehoorapparaat*, verlamd*, verlamming*, dwarslaesie*, prothese*, amput*, geamput*, geopereerd?, ziekenhuis?,
    spoedeisende*, intensive care, mijn arts, mijn dokter, mijn huisarts, huisarts?, oncoloo*, cardioloo*, gynaecoloo*, uroloo*?,
    neuroloo*, dermatoloo*?, diagnos*?, gediagnos*, medicijn*, medicatie*, pillen?, recept van de dokter, antibiotica*, insulin*,
    pijnstill*, prednison*, cortison*, chronisch ziek*, chronisch*?, *ziekte?, ziek gemeld, ziekgemeld*, ziekmelding*, ziekteverlof*,
    ziektewet, ben ziek, ernstig ziek, terminaal*, geestelijke gezondheid, mentale gezondheid, gezondheidsproble*, gezondheidsklacht*,
    diarree, overgeven?, koorts?, infectie?, gebroken been, gebroken arm, been gebroken, arm gebroken, heup gebroken, dialyse*,
    nierfalen, nierpati*, *transplant*, levercirrose, cirrose, hernia*, darmonderzoek, coloscop*, mammogra*, biops*, bloedonderzoek*,
    bloedgroep*, syndroom van down, down syndroom, taaislijmziekte, cystic fibrosis, lupus, crohn*, colitis, prikkelbare darm*,
    gordelroos, herpes, chlamydia*, gonorr*, syfilis, soa?, obesitas, slapeloos*?, slaapapneu*, tinnitus, hersenschudding*,
    gevaccineer*?, vaccinatie?, carcino*, verpleeghuis*?, thuiszorg*?, wajong, wia uitkering, rugpijn?, stoma, operatie?, knieoperatie*,
    heupoperatie*, hartoperatie*, oogoperatie*, botbreuk*, beenbreuk*, heupbreuk*, blaasontsteking*, oorontsteking*, keelontsteking*,
    darmontsteking*, gewrichtsontsteking*, lichamelijke beperking, verstandelijke beperking, visuele beperking, mijn beperking,
    *intolerantie, lactose intoleran*, invalide?, invaliditeit*, in de overgang`,
  belief: `
    moslim*, koran*, ramadan*, halal*, joods*, jood, joden, jodin, jodendom, koosjer*, kosher, synagog*, thora, sjabbat, sabbat,
    christen*, christelijk*?, katholi*, protestant*, gereformeerd*, hervormd*, evangelisch*, orthodox*?, baptist*, mormo*, jehova*,
    scientolog*, hindoe*, boeddhis*, sikh*, atheïs*, atheis*, agnos*, gebed?, gebeds*?, gedoopt*, doop?, communie?, belijdenis*, mijn
    kerk, onze kerk, naar de kerk?, kerk uitgeschreven, moskee*, imam, rabbijn*, dominee*, mijn pastoor, parochie*, mijn geloof, ons
    geloof, geloofs*, mijn religie, religieus*?, religieuze*?, gelovig*, hoofddoek*?, vrijmetsel*, islam, islami*, ik bid tot, naar de
    mis, geen mis, heilige mis`,
  politics: `
    gestemd op, stem op, stem altijd, gestemd?, pvda, groenlinks, vvd, pvv, d66, cda, sp lid, partij voor de dieren, pvdd, forum voor
    democratie, fvd, bbb lid, bbb stemmer*, denk stemmer*, volt lid, christenunie, sgp, n va, nva, vlaams belang, vooruit lid,
    partijlid*, lid van de partij, lidmaatschap van de partij, politieke mening*, politieke voorkeur*, politieke overtuiging*, politiek
    actief, socialist*, communis*, marxis*, anarchis*, fascis*, extreemrechts*, extreem rechts, extreemlinks*, extreem links, antifa,
    ben links, ben rechts`,
  union: `
    vakbond*, *vakbond, vakbondslid*, vakvereniging*, fnv, cnv, abvv, acv, aclvb, or lid, ondernemingsraad?, staken?, gestaakt?,
    staking?, stakers`,
  sexuality: `
    homo, homo s, homos, homosek*, lesb*, gay, biseks*, heteroseks*, asekseue*, aseksuee*, panseks*, queer, lhbt*, lgbt*, transgender*,
    transseks*, ben trans, is trans, trans man, trans vrouw, non binair*, nonbinair*, mijn transitie, geslachtsverandering*,
    genderdysfor*, uit de kast, coming out, seksleven, seksuele geaardheid, geaardheid, seksuele voorkeur*, seksueel misbruik*, seksueel
    misbruikt, aangerand*, erectie*, impoten*?, libido, viagra, prostitu*, sekswerk*, bdsm, fetisj*`,
  ethnicity: `
    van _ afkomst, _ afkomst, afkomst?, migratieachtergrond*, migratie achtergrond, etnisch*, etniciteit*, huidskleur*, ben zwart, ben
    een zwarte, zwarte man?, zwarte vrouw?, zwarte persoon, roma?, sinti*, zigeuner*, woonwagenbewoner*, koerd, koerden, koerdisch*?,
    koerdische?, berber*, allochto*, afro amerika*, hindostaan*, creool*, creools*, inheems*?, halfbloed*, roots?, persoon van kleur,
    mensen van kleur, vrouw van kleur`,
  biometric: `
    vingerafdruk*, gezichtsscan*, gezichtsherkenning?, irisscan*, iris scan*, netvliesscan*, stemafdruk*, handpalmscan*, biometri*, dna,
    genetisch*?, gentest*, vaderschapstest*, genoom*, chromoso*, brca, brca1, brca2, erfelijk*?, erfelijke ziekte`,
  criminal: `
    veroordeeld*, veroordeling*, strafblad*, strafrecht*, strafzaak*, strafbaar feit, strafbare feiten, gevangenis*, gevangen gezeten,
    in de bak?, bajes, gedetineerd*, detentie*, voorarrest, in hechtenis, gearresteerd*, arrestatie*, reclassering*, proefverlof,
    proeftijd van de, voorwaardelijke straf, voorwaardelijk veroordeeld, enkelband*, taakstraf*, celstraf*, gevangenisstraf*,
    werkstraf*, verdachte?, verdacht van, aangeklaagd*, strafproces*, justitiële documentatie, mishandel*, doodslag, moord?, verkracht*,
    zedendelict*, zedenzaak*, drugshandel*, drugsdealer*, dealen?, rijden onder invloed, dronken gereden, rijden zonder rijbewijs,
    belastingontduik*, belastingfraude, witwassen?, verduister*?, contactverbod*, straatverbod*, tbs, jeugddetentie*, geldboete van de
    rechter, aangehouden door de politie, opgepakt door de politie, voor diefstal, wegens diefstal, voor oplichting, wegens oplichting,
    wegens fraude, wegens inbraak`,
});
