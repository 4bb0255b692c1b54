// Terms of special categories and of criminal offences in French: data. How a line is read is said in list.ts.
import { terms } from './list.js';

export const FR = terms('fr', {
  cues: `
    je, j, moi, mon, ma, mes, nous, notre, nos, on, il, elle, son, sa, ses, lui, mari, femme, fils, fille, enfant, enfants, mère, maman,
    père, papa, frère, sœur, ami, amie, copain, copine, ex, famille, mamie, papi, bébé, collègue, suis, ai, conjoint, compagne`,
  health: `
    diabète*, diabéti*, asthm*, cancer*, tumeur*, leucémi*, lymphome*, mélanome*, chimio, chimiothérap*, radiothérap*, métasta*, vih,
    sida, séroposi*, hépatite*, tuberculose, pneumonie*, bronchite*, covid*, la grippe?, migraine*, épileps*, épilepti*, parkinson*,
    alzheimer*, démence*, sclérose en plaques, un avc, d un avc, crise cardiaque, infarctus, cardiaque?, maladie* cardia*, pacemaker*,
    hypertension, thrombose*, anémi*, arthrit*, arthros*, ostéopor*, fibromyalgi*, rhumatis*, eczéma*, psoriasis, allergi*, anaphyla*,
    intoléran*?, intoléran* au lactose, intoléran* au gluten, cœliaque*, maladie* cœliaque*, dépressi*, dépressif*, déprimé*?,
    antidépresseur*, anxiété, anxieu*?, anxiolyti*, crise* d angoisse, crise* de panique, bipolaire*, schizophrèn*, schizophrén*,
    psychose*, psychotique*, psychiatr*, psychothérap*, mon psy, ma psy, psychologue?, tdah, autis*, asperger*, dyslexi*, trouble*
    alimentaire*, anorexi*, boulimi*, burn out, burnout, suicid*, alcooli*, toxicoman*, suis addict?, en cure, désintox*, grossesse*, fausse
    couche, fausses couches, avortement*, avorté*, ivg, fiv, infertil*, ménopaus*, endométrios*, pilule?, contracepti*, fauteuil
    roulant, fauteuils roulants, handicap*, malvoyant*, non voyant*, aveugle*?, sourd?, sourde?, malentendant*, appareil* auditif*,
    paraly*, paraplégi*, prothèse*, amput*, opéré*?, chirurg*, hôpital?, hospitalis*, réanimation, urgences?, mon médecin, ma médecin,
    médecin traitant, mon docteur, oncolog*, cardiolog*, gynécolog*, urolog*?, neurolog*, dermato*?, diagnosti*?, médicament*,
    ordonnance?, antibioti*, insulin*, antidouleur*, cortisone*, maladie chronique, maladies chroniques, maladie?, malade?, arrêt
    maladie, arrêt de travail, congé maladie, gravement malade, santé mentale, problème* de santé, raison* de santé, diarrhée*, vomi*?,
    fièvre?, infection?, jambe cassée, bras cassé, cassé la jambe, cassé le bras, fractur*, dialyse*, insuffisance rénale, greffe*?,
    cirrhose*, hernie*, coloscopie*, mammograph*, biopsie*, prise de sang, groupe sanguin, trisomi*, mucoviscidose*, lupus, crohn,
    colite*, zona?, herpès, chlamydi*, gonorrh*, syphilis, mst, obèse*, obésité, insomni*, apnée*, acouphène*, convulsion*, commotion*,
    vaccin*?, carcinome*, ehpad, invalidité, mdph, mal de dos?, suis enceinte, est enceinte, femme enceinte, tombée enceinte, enceinte
    de, enceinte d, opération du genou, opération du cœur, subi une opération, après mon opération, me faire opérer`,
  belief: `
    musulman*, coran*, ramadan*, halal*, juif, juifs, juive*, judaïsme, casher*, kasher*, synagogue*, torah, shabbat, sabbat, chrétien*,
    catholi*, protestant*, évangéli*, orthodoxe*?, baptiste*, mormon*, jéhovah*, scientolog*, hindou*, bouddhis*, sikh*, athée*,
    agnosti*, baptême*?, baptisé*, communion?, mon église, notre église, ma paroisse, notre paroisse, paroisse*, mosquée*, imam,
    rabbin*, mon curé, ma religion, croyant*, religieu*?, raison* religieuse*, bar mitzvah, franc maçon*, islam, islami*, messe?,
    pratiquant*?, salle de prière, mes prières, porte le voile, foulard islamique, ma foi chrétienne, notre foi`,
  politics: `
    j ai voté, je vote*, voté*?, j ai toujours voté, parti socialiste, parti communiste, rassemblement national, front national, la
    france insoumise, insoumis*, les républicains, europe écologie, eelv, lfi, macronist*, mélenchon*, lepénist*, militant*, adhérent*
    du parti, adhérent* au parti, membre du parti, carte du parti, encarté*, opinions politiques, convictions politiques, socialiste*,
    communis*, marxis*, anarchis*, fascis*, extrême droite, extrême gauche, gilet jaune, gilets jaunes, antifa`,
  union: `
    syndiqué*, syndicat*?, syndical*, syndicalis*, cgt, cfdt, force ouvrière, sud rail, cftc, cfe cgc, unsa, délégué* syndica*, en
    grève?, gréviste*, adhérent* cgt`,
  sexuality: `
    gay, gays, lesbien*, homosexuel*, homo?, bisexuel*, hétérosexuel*, hétéro?, asexuel*, pansexuel*, queer, lgbt*, transgenre*,
    transsexuel*, suis trans, est trans, homme trans, femme trans, personne trans, non binaire*, ma transition, changement de sexe,
    dysphorie*, coming out, vie sexuelle, orientation sexuelle, préférence* sexuelle*, abus sexuel*, agression* sexuelle*, troubles de l
    érection, érectile*, impuissan*?, libido, viagra, prostitu*, travailleuse* du sexe, bdsm, fétich*, libertin*`,
  ethnicity: `
    origine* ethnique*, ethni*, ma couleur de peau, couleur de peau?, suis noir, suis noire, personne noire, femme noire, homme noir,
    suis arabe, maghrébin*, beur, beurette, métis*, roms, tzigane*, tsigane*, gitan*, manouche*, gens du voyage, kurde*, kabyle*,
    berbère*, afro américain*, antillais*?, racisé*, racines africaines, issu* de l immigration, autochtone*?, sépharade*, ashkénaze*,
    suis d origine, sommes d origine, famille d origine, mère d origine, père est d origine, mère est d origine, père d origine, femme d
    origine, mari d origine, mes racines, sommes arabes, rom?`,
  biometric: `
    empreinte* digitale*, empreinte* vocale*, scan* du visage, reconnaissance faciale, scan* de l iris, rétinien*, biométri*, adn, test*
    génétique*, génétique*?, test* de paternité, génome*, chromosom*, brca, brca1, brca2, maladie héréditaire, héréditaire*?`,
  criminal: `
    condamné*, condamnation*, casier judiciaire, casier vierge, antécédent* judiciaire*, repris de justice, prison*, emprisonn*,
    incarcér*, détenu*, détention?, garde à vue, mandat d arrêt, arrêté pour, arrêtée pour, liberté conditionnelle, libération
    conditionnelle, sursis?, bracelet électronique, contrôle judiciaire, mise* en examen, mis en examen, inculpé*, poursuivi pour,
    poursuivie pour, procès pénal, tribunal correctionnel, cour d assises, amende pénale, travaux d intérêt général, délit?, délinquan*,
    vol à l étalage, violences conjugales, coups et blessures, agression?, meurtre?, homicide*, assassin*?, viol, violeur*, trafic de
    drogue, stupéfiants, conduite en état, alcool au volant, ivresse au volant, fraude fiscale, blanchiment*, détournement de fonds,
    fiché s, juge d instruction, j ai volé, plainte contre moi, peine de prison, peine d emprisonnement, purgé une peine, purge une
    peine, été arrêté*?, pour escroquerie, pour vol, pour cambriolage`,
});
