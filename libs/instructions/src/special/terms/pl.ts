// Terms of special categories and of criminal offences in Polish: data. How a line is read is said in list.ts.
import { terms } from './list.js';

export const PL = terms('pl', {
  cues: `
    ja, mnie, mi, mną, mój, moja, moje, mojego, mojej, moim, my, nas, nam, nasz, nasza, on, ona, jego, jej, mu, jestem, mam, miałem,
    miałam, byłem, byłam, jesteśmy, mamy, biorę, cierpię, choruję, leżę, leżałem, leżałam, mąż, żona, syn, córka, dziecko, dzieci,
    matka, mama, ojciec, tata, taty, brat, brata, siostra, siostry, przyjaciel, chłopak, dziewczyna, rodzina, babcia, dziadek, kolega,
    koleżanka, partner, partnerka, ma, miał, miała, był, była, jest, dostałem, dostałam`,
  health: `
    cukrzyc*, astm*, astmaty*, nowotw*, raka, rakiem, rak?, białaczk*, chłoniak*, czerniak*, chemioterapi*, radioterapi*,
    przerzut*?, hiv, aids, seropozytywn*, żółtaczk*, zapaleni* wątroby, gruźlic*, zapaleni* płuc, zapaleni*?, covid*, koronawirus*,
    gryp*?, migren*, padaczk*, epileps*, parkinson*, alzheimer*, demencj*, otępieni*, stwardnieni*, udar mózgu, po udarze, udaru, miał
    udar, miała udar, zawał*, chor* serca, chor* na serce, wad* serca, rozrusznik*, nadciśnieni*, wysokie ciśnienie?, zakrzep*, anemi*,
    zwyrodnieni*, osteopor*, fibromialgi*, reumat*, egzem*, łuszczyc*, alergi*, alergicz*, uczulon*, uczulenie, nietolerancj*, celiaki*,
    depresj*, antydepresant*, przeciwdepresyjn*, lękow*, ataki paniki, atak paniki, dwubiegunow*, schizofreni*, psychoz*, psychotycz*,
    psychiatr*, psychoterapi*, psychicz*, psycholog*?, adhd, autyz*, autystycz*, asperger*, dysleksj*, zaburzeni* odżywiania,
    zaburzeni*?, anoreksj*, bulimi*, wypaleni*?, samobój*, samookalecz*, alkoholik*, alkoholizm*, uzależnion*, uzależnieni*, narkoman*,
    odwyk*, ciąż*, ciężarn*, poronił*, poronieni*, aborcj*, in vitro, niepłodn*, menopauz*, endometrioz*, antykoncepcj*, tabletki
    antykoncepcyjne, wózek inwalidzki, wózka inwalidzkiego, wózku inwalidzkim, na wózku?, inwalid*, niepełnospraw*, niewidom*,
    niedowidz*, głuch*?, niesłysząc*, niedosłysz*, aparat słuchowy, sparaliżow*, paraliż*, protez*, amput*, operowan*?, szpital*?,
    hospitaliz*, oiom, sor?, mój lekarz, moja lekarka, od lekarza, u lekarza, do lekarza, lekarz rodzinny, onkolog*, kardiolog*,
    ginekolog*, urolog*?, neurolog*, dermatolog*?, zdiagnozow*, diagnoz*?, lekarstw*, leki?, leków?, tabletki?, receptę?, recepta?,
    antybiotyk*, insulin*, przeciwbólow*, sterydy?, chorob*, choruj*, przewlekł*, zwolnieni* lekarski*, na l4, l4?, zdrowi* psychiczn*,
    problemy zdrowotne, powodów zdrowotnych, biegunk*, wymiot*?, gorączk*?, infekcj*?, złamana noga, złamałem, złamałam, złamani*,
    dializ*, niewydolnoś*, przeszczep*, marskoś*, przepuklin*, kolonoskopi*, mammografi*, biopsj*, badania krwi, grupa krwi, grupę krwi,
    zespół downa, zespołem downa, mukowiscydoz*, toczeń, leśniowsk*, crohna, półpasiec, półpaśc*, opryszczk*, chlamydi*, rzeżączk*,
    kiła, kiłę, otyłoś*, otył*?, bezsennoś*, bezdech*, szumy uszne, drgawki, wstrząśnieni* mózgu, szczepi*?, rehabilitacj*?, renta
    inwalidzka, rencist*, orzeczenie o niepełnosprawności, bóle pleców?, jestem chory, jestem chora, ciężko chor*, chor* na, operacj*
    serca, operacj* kolana, po operacji, przed operacją, na operację, chemia?, chemii?`,
  belief: `
    muzułm*, koran*, ramadan*, halal*, żyd, żydem, żydzi, żydów, żydówk*, żydowsk*, judaizm*, koszer*, synagog*, tora?, szabat*,
    szabas*, chrześcija*, katoli*, protestan*, ewangeli*, prawosław*, baptyst*, mormon*, jehowy, scjentolog*, hindu*, buddy*, sikh*,
    ateist*, ateizm*, agnosty*, niewierząc*, wierząc*?, modlę?, modlitw*, chrzest?, chrzczon*, ochrzczon*, komuni*?, bierzmowani*, mój
    kościół, nasz kościół, do kościoła?, mszy, mszę, parafi*, meczet*, imam, rabin*, mój ksiądz, proboszcz*, moja wiara, mojej wiary,
    moja religia, religijn*, apostazj*, wyznani*?, islam, islams*, islami*`,
  politics: `
    głosowałem, głosowałam, głosuję, głosowaliśmy, głosował* na, pis, pisu, platforma obywatelska, platformy obywatelskiej, koalicja
    obywatelska, konfederacja, lewica, lewicy, psl, razem partia, partii razem, polska 2050, członek partii, członkiem partii,
    członkinią partii, partyjn*, poglądy polityczne, poglądów politycznych, przekonania polityczne, lewak*, lewicow*, prawicow*, skrajn*
    prawic*, skrajn* lewic*, socjalist*, komunis*, marksis*, anarchist*, faszyst*, narodowc*, antifa, należę do partii, należy do
    partii, zapisał* do partii, wstąpił* do partii`,
  union: `
    związek zawodowy, związku zawodowego, związku zawodowym, związkiem zawodowym, związki zawodowe, związków zawodowych, związkow*,
    nszz, solidarność?, opzz, strajk*?, strajkuj*, strajkow*`,
  sexuality: `
    gej, gejem, geja, geje, gejów, lesbij*, homoseksual*, biseksual*, heteroseksual*, aseksual*, panseksual*, queer, lgbt*,
    transpłciow*, transseksual*, transgender*, osob* trans, jestem trans, niebinarn*, korekt* płci, zmian* płci, tranzycj*, dysfori*,
    coming out, wyszedłem z szafy, życie seksualne, życia seksualnego, orientacj* seksualn*, preferencj* seksualn*, wykorzystan*
    seksualn*, molestow*, erekcj*, impoten*?, libido, viagra, prostyt*, bdsm, fetysz*`,
  ethnicity: `
    pochodzenie etniczne, etnicz*, kolor skóry, koloru skóry, czarnoskór*, ciemnoskór*, jestem czarny, jestem czarna, romem, romami,
    romka, romk*, romów, romowie, romsk*, cygan*, kurd, kurdyjk*, kurdyjsk*?, łemk*, kaszub*?, ślązak*?, afroamerykan*, mulat*, metys*,
    arabem, korzenie?, korzeniach?, mniejszoś* narodow*, mniejszoś* etniczn*, uchodźc*?, rom?, *skiego pochodzenia?, *ckiego
    pochodzenia?, pochodzenia *skiego?, pochodzenia *ckiego?`,
  biometric: `
    odcisk* palc*, odcisk* palca, odciski palców, skan twarzy, skan tęczówki, rozpoznawani* twarzy, biometr*, badania genetyczne, test
    genetyczny, testy genetyczne, genetyczn*?, test* na ojcostwo, ojcostwa, genom*, chromosom*, brca, brca1, brca2, dziedziczn*?,
    choroba dziedziczna, dna?, test dna, testu dna`,
  criminal: `
    skazan*, wyrok?, wyroki?, wyrokiem?, wyroku?, karany?, karana?, karalnoś*, niekaralnoś*, niekaran*, więzieni*, więzień, kryminał*?,
    zakład karny, zakładzie karnym, osadzon*, areszt*, zatrzymany przez?, zatrzymana przez?, zatrzymała mnie policja, w zawieszeniu,
    kurator*, warunkow* zwolnieni*, dozór elektroniczny, zarzut*?, oskarżon*, podejrzan* o, postawiono zarzuty, prokurat*?, sprawa
    karna, sprawę karną, proces karny, przestęp*, ukradłem, ukradłam, napad?, rozbój, zabójst*, morderst*?, gwałt?, zgwałc*, handel
    narkotykami, narkotyk*?, posiadanie narkotyków, po pijanemu, po alkoholu, jazd* po pijaku, oszustwo podatkowe, pranie pieniędzy,
    przywłaszczeni*, prace społeczne?, poprawczak*, za kradzież, za oszustwo, za pobicie, za napad, za włamanie, za rozbój`,
});
