// Terms of special categories and of criminal offences in English: data. How a line is read is said in list.ts.
import { terms } from './list.js';

export const EN = terms('en', {
  cues: `
    i, im, ive, me, my, mine, myself, we, us, our, he, she, his, her, him, husband, wife, partner, son, daughter, child, children, kid,
    kids, mother, father, mum, mom, dad, brother, sister, friend, boyfriend, girlfriend, ex, family, grandma, grandpa, baby, colleague,
    you`,
  health: `
    diabet*, asthma*, cancer, tumor*, tumour*, leukaemi*, leukemi*, lymphoma*, melanoma*, chemo, chemotherap*, radiotherap*, metasta*,
    hiv, i have aids, has aids, hepatitis, tuberculosis, pneumonia, bronchitis, covid*, coronavirus, the flu?, migraine*, epilep*,
    parkinson*, alzheimer*, dementia, multiple sclerosis, had a stroke, heart attack*, heart disease*, heart condition*, heart failure,
    pacemaker*, high blood pressure, hypertension, thrombos*, anaemi*, anemi*, arthrit*, arthros*, osteopor*, fibromyalgi*, rheumat*,
    eczema*, psoriasis, allergic*, allerg*?, anaphyla*, lactose intoleran*, gluten intoleran*, coeliac*, celiac*, depressed, depressi*?,
    antidepress*, anxiety, panic attack*, bipolar, schizophren*, psychosis, psychotic, psychiatr*, psychotherap*, ptsd, adhd, autis*,
    asperger*, dyslexi*, eating disorder*, anorexi*, bulimi*, burnout, suicid*, self harm*, alcoholism, drug addict*, in rehab,
    pregnan*, miscarri*, abortion*, ivf, infertil*, menopaus*, endometrios*, pcos, birth control, wheelchair*, disabilit*, disabled
    person*, disabled people, i am disabled, im disabled, i m disabled, is disabled?, am blind, m blind, legally blind, visually
    impaired, deaf, hard of hearing, hearing aid*, hearing impaired, paraly*, paraplegi*, prosthe*, amput*, surger*?, had an operation,
    hospital?, hospitali*, intensive care, my doctor?, my gp, my dentist, oncolog*, cardiolog*, gynaecolog*, gynecolog*, urolog*?,
    neurolog*, diagnosed with, was diagnosed, been diagnosed, my diagnosis, his diagnosis, her diagnosis, medication*, prescription?,
    antibiotic*, insulin*, painkiller*, chronic* ill*, chronic* pain*, chronic* disease*, chronic* condition*, sick leave, sick note*,
    off sick, called in sick, fell ill, seriously ill, terminally ill, am ill, m ill, mental health, mental* ill*, illness?, disease?,
    vomit*?, diarrh*, a fever?, infection?, broken leg?, broken arm?, broken ankle, broken hip, broke my leg, broke my arm, broke my
    hip, dialysis, kidney failure, kidney disease, kidney transplant, liver disease, cirrhosis, slipped disc, hernia*, colonoscop*,
    mammogra*, biops*, blood test*, blood type, blood group, down syndrome, down s syndrome, cystic fibrosis, lupus, crohn*, colitis,
    irritable bowel, shingles, herpes, chlamydia*, gonorrh*, syphilis, obese, obesity, insomnia, sleep apn*, tinnitus, seizure*?,
    concussion*, vaccinat*, panic disorder*, mental breakdown, back pain?, care level, nursing home?, carcinoma*, ms patient*, cerebral
    palsy, sepsis, stoma, addicted to drugs, addicted to alcohol, addicted to pills, recovering addict*, i m burned out, i am burned
    out, am an alcoholic, m an alcoholic, s an alcoholic, alcoholics anonymous, recovering alcoholic*, my therapist`,
  belief: `
    muslim*, islam, islami*, quran, koran, ramadan, halal, jewish, jew, jews, judaism, kosher, synagogue*, torah, shabbat, sabbath,
    catholic*, protestant*, evangelical*, orthodox church, baptist*?, lutheran*, mormon*, jehovah*, scientolog*, hindu*, buddhis*,
    sikh*, atheis*, agnostic*, prayer*?, baptis*?, baptiz*?, confirmation class*, my church, our church, my mosque, mosque*, my imam,
    our rabbi, rabbi, my priest, my pastor, our pastor, parish?, my faith, my religion, religious*?, religious reasons, left the church,
    hijab*, headscar*?, bar mitzvah, bat mitzvah, humanist*?, freethinker*, am a christian, m a christian, are christian, are
    christians, christian faith, christian famil*, prayer room*, pray five times`,
  politics: `
    i voted*, voted for, i vote, we voted, conservative party, labour party, labor party, liberal democrat*, lib dem*, tory, tories,
    republican voter*, democrat voter*, green party, socialist*, communis*, marxis*, anarchis*, fascis*, far right, far left, left
    wing*, right wing*, party member*, member of the party, my party membership, political views, political opinion*, political party,
    political belief*, politically active, ukip, reform uk, brexiteer*, remainer*, antifa, green party member*`,
  union: `
    trade union*, labour union*, labor union*, union member*, union rep*, in the union?, my union, our union, union dues, the union
    pays, shop steward*, works council*, on strike?, unionised, unionized, joined the union, unison member*, teamsters, afl cio`,
  sexuality: `
    gay, lesbian*, homosexual*, bisexual*, heterosexual*, asexual, pansexual, queer, lgbt*, transgender*, transsexual*, trans man, trans
    woman, trans person, im trans, i am trans, m trans, nonbinary, non binary, my transition, gender reassignment, gender dysphoria,
    coming out?, came out?, sex life, sexual orientation, sexual preference*, sexual* abus*, erectile*, impoten*?, libido, viagra, my
    boyfriend and i are both men, sex worker*, prostitut*, bdsm, fetish*, swingers?`,
  ethnicity: `
    of _ descent, of _ origin?, of _ _ descent, _ descent?, ethnic*, my skin colour, my skin color, black person, black man, black
    woman, i am black, im black, m black, person of colour, people of colour, person of color, people of color, as a black, romani,
    gypsy, gypsies, traveller community, irish traveller*, sinti, biracial, mixed race, kurdish?, kurd, kurds, asian background, african
    american*, african roots, turkish roots, migration background, migrant background, indigenous*?, aborigin*?, ashkenazi*, sephardi*,
    romanies, roma?`,
  biometric: `
    fingerprint*, finger print*, face scan*, iris scan*, retina scan*, retinal scan*, voiceprint*, voice print*, palm scan*, biometric*,
    dna, genetic test*, gene test*, genetic*?, paternity test*, genome*, chromosom*, brca, brca1, brca2, hereditary?, face id scan`,
  criminal: `
    convict*, criminal record*, criminal conviction*, criminal charge*, criminal offen*, criminal proceeding*, criminal case*?, prison*,
    in jail, jailed, jail time, imprison*, incarcerat*, on probation?, my probation officer, probation officer*, on parole, parole
    officer*, arrested, arrest warrant*, under arrest, sentenced to, suspended sentence*, found guilty, pleaded guilty, plead guilty,
    felony, felon, felonies, misdemeanour*, misdemeanor*, drunk driving, drink driving, dui, dwi, shoplift*, assault charge*,
    assaulted?, manslaughter, murder?, drug dealing, drug deal*?, drug offen*, sex offen*, embezzl*, tax evasion, money laundering,
    police record, police are investigating, electronic tag, ankle monitor*, restraining order*, community service order*, juvenile
    detention, charged with assault, charged with theft, charged with fraud, charged with murder, charged with possession, detained by
    the police`,
});
