// Terms of special categories and of criminal offences in Italian: data. How a line is read is said in list.ts.
import { terms } from './list.js';

export const IT = terms('it', {
  cues: `
    io, mi, mio, mia, miei, mie, noi, ci, nostro, nostra, lui, lei, suo, sua, sono, ho, avevo, ero, siamo, abbiamo, soffro, prendo,
    faccio, marito, moglie, figlio, figlia, figli, madre, mamma, padre, papà, fratello, sorella, amico, amica, fidanzato, fidanzata, ex,
    famiglia, nonna, nonno, bambino, bambina, collega, compagno, compagna, è, ha, stato, stata, abbia`,
  health: `
    diabet*, asma, asmatic*, cancro, tumor*, leucemi*, linfom*, melanom*, chemio, chemioterapi*, radioterapi*, metasta*, hiv, aids,
    sieropositiv*, epatit*, tubercolosi, polmonit*, bronchit*, covid*, influenza?, emicrani*, epiless*, epilett*, parkinson*,
    alzheimer*, demenz*, sclerosi*, ictus, infarto*, cardiopat*, problemi di cuore, problemi al cuore, pacemaker*, pressione alta?,
    ipertens*, trombos*, anemi*, artrit*, artros*, osteopor*, fibromialgi*, reumat*, eczem*, psoriasi, allergi*, anafila*, intolleran*,
    celiac*, depress*, antidepressiv*, ansiolitic*, attacc* di panico, bipolar*, schizofren*, psicosi, psicotic*, psichiatr*,
    psicoterap*, psicolog*?, adhd, autis*, asperger*, dislessi*, disturb* alimentar*, anoressi*, bulimi*, burnout, suicid*, alcolist*,
    alcolismo, tossicodipend*, dipendenza da, disintossic*, incinta, gravidanz*, aborto*, abortit*, abortire, fecondazione assistita,
    infertil*, sterile?, menopaus*, endometrios*, anticoncezional*, contraccettiv*, pillola?, sedia a rotelle, disabil*, disabilità,
    invalidità, handicap*, cieco?, cieca?, non vedent*, ipovedent*, sordo?, sorda?, sordomut*, apparecchio acustico, paralizz*,
    paraplegic*, protesi, amputa*, operato?, operata?, intervento chirurgico, chirurg*, ospedale?, ricoverat*, ricovero, terapia
    intensiva, pronto soccorso?, il mio medico, la mia dottoressa, mio dottore, medico di base, medico curante, oncolog*, cardiolog*,
    ginecolog*, urolog*?, neurolog*, dermatolog*?, diagnosticat*, diagnos*?, farmaco?, farmaci?, medicin*?, pastiglie?, ricetta medica,
    antibiotic*, insulin*, antidolorific*, cortison*, malattia*, malattie, malato?, malata?, cronic*?, congedo per malattia, in mutua,
    salute mentale, problem* di salute, motivi di salute, diarrea, vomit*?, febbre?, infezione?, gamba rotta, braccio rotto, rotto la
    gamba, rotto il braccio, frattur*, dialisi, insufficienza renale, trapiant*, cirrosi, ernia*, colonscopi*, mammografi*, biopsi*,
    esami del sangue, gruppo sanguigno, sindrome di down, fibrosi cistica, lupus, crohn, colite, fuoco di sant antonio, herpes,
    clamidia*, gonorre*, sifilide, obes*, insonni*, apnee*, acufen*, convulsion*, commozione cerebrale, vaccin*?, carcinom*, legge 104,
    non autosufficient*, casa di riposo?, mal di schiena?, invalido civile, invalida civile, operazione al, operazione alla, soffro di
    ansia, attacch* d ansia`,
  belief: `
    musulman*, mussulman*, corano, ramadan*, halal*, ebre*, ebraic*, ebraismo, kosher, kasher, sinagog*, torah, shabbat, cristian*?,
    cattolic*, protestant*?, evangelic*, ortodoss*?, mormon*, geova, scientolog*, induis*, indù, buddis*, sikh, ateo, atea, atei, atee,
    ateis*, agnostic*, prego per?, pregare?, preghiera?, battezz*, battesimo*, prima comunione, comunione?, cresima*, mia chiesa, nostra
    chiesa, la messa, parrocchi*, moschea*, moschee, imam, rabbino, mio parroco, la mia fede, mia religione, religios*?, motivi
    religiosi, credente*, praticante?, sbattezz*, islam, islami*, battist*?`,
  politics: `
    ho votato, voto per, votato per, votiamo, partito democratico, del pd, al pd, il pd, lega nord, fratelli d italia, forza italia,
    cinque stelle, cinquestelle, m5s, rifondazione*, italia viva, tessera del partito, tesserato del partito, iscritto al partito,
    iscritta al partito, membro del partito, militante*, opinioni politiche, idee politiche, estrema destra, estrema sinistra,
    socialist*, comunis*, marxis*, anarchic*, fascis*, antifascis*, leghist*, grillin*, piddin*, della lega?, sono di sinistra, sono di
    destra, voto a sinistra, voto a destra`,
  union: `
    sindacat*, sindacal*, sindacalist*, cgil, cisl, uil, fiom, ugl, cobas, iscritto al sindacato, in sciopero?, rsu, sono in sciopero,
    siamo in sciopero, ho scioperato`,
  sexuality: `
    gay, lesbic*, omosessual*, bisessual*, eterosessual*, asessual*, pansessual*, queer, lgbt*, transgender*, transessual*, sono trans,
    è trans, uomo trans, donna trans, persona trans, non binari*, mia transizione, cambio di sesso, disforia*, coming out, vita
    sessuale, orientamento sessuale, preferenz* sessual*, abus* sessual*, violenza sessuale, disfunzione erettile, erettile, impoten*?,
    libido, viagra, prostitu*, sex worker, bdsm, fetici*, unione civile con`,
  ethnicity: `
    origine etnica, etni*, etnic*, colore della pelle, colore della mia pelle, sono nero, sono nera, persona nera, donna nera, uomo
    nero, zingar*, sinti, nomad*?, curd*, afroitalian*, afroamerican*, afrodiscendent*, meticci*, mulatt*, magrebin*, discendenz*,
    razzializzat*, ashkenazit*, sefardit*, extracomunitari*, immigrato?, immigrata?, sono arabo, sono araba, sono di origine, siamo di
    origine, famiglia di origine, sono di origini, siamo di origini, madre di origine, nonno è di origine, padre è di origine, madre è
    di origine, padre di origine, le mie radici, rom?`,
  biometric: `
    impront* digital*, scansione del volto, riconoscimento facciale, scansione dell iride, biometric*, dna, test genetic*, genetic*?,
    test di paternità, genoma*, cromosom*, brca, brca1, brca2, malattia ereditaria, ereditari*?`,
  criminal: `
    condannat*, condanna?, precedenti penali, precedente penale, fedina penale, casellario*, pregiudicat*, carcere, carcerat*, galera,
    prigion*, detenut*, detenzione, mandato di arresto, ai domiciliari, arresti domiciliari, libertà vigilata, libertà condizionale, in
    semilibertà, affidamento in prova, braccialetto elettronico, imputat*, indagat*, accusato di, accusata di, denunciato per,
    denunciata per, processo penale, tribunale penale, sanzione penale, lavori socialmente utili, reato?, reati?, delinquen*,
    ricettazione, aggression*?, lesioni?, omicidi*, assassin*?, stupr*, violentat*, spaccio*, spacciator*, traffico di droga, stato di
    ebbrezza, guida in stato, evasione fiscale, riciclaggio*, appropriazione indebita, ho rubato, ha rubato, stalking?, arrestat*, agli
    arresti, per furto, per rapina, per truffa, pena detentiva, pena di reclusione, anni di reclusione`,
});
