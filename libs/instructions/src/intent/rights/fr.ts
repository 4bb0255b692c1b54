// Wishes for one's rights, in French.
import type { RightsWords } from './rules.js';

const r = String.raw;

export const FR: RightsWords = {
  mine: r`mes (?:propres )?(?:donnees|infos?|informations|coordonnees|renseignements)(?! (?:mobiles|d acces|de connexion|bancaires|de paiement))|donnees (?:\w+ ){0,3}me concernant|(?:donnees|infos|informations) (?:\w+ ){0,4}(?:sur moi|a mon sujet|a mon nom)`,
  utterances: r`mes (?:messages|conversations|echanges|discussions)|mon comportement`,
  aboutMe: r`(?:quelles?|tout|toutes|quoi|que|qu|ce que)\b.{0,40}\b(?:savez|avez|gardez|conservez|detenez|stockez|enregistr\w+|stocke)\b.{0,25}\b(?:sur moi|de moi|a mon sujet|a mon nom|me concernant)|quelles? (?:donnees|infos?|informations)\b.{0,30}\b(?:sur moi|a mon sujet|me concernant)|(?:informations|donnees|infos)\b.{0,30}\benregistre\w*\b.{0,10}\bsur moi|ensemble des donnees me concernant|stocke a mon nom`,
  give: r`(?:envoy\w*|donn\w*|montr\w*|communiqu\w*|transmett\w*|fourni\w*) moi|m envoyer|me (?:donner|montrer|communiquer|fournir|transmettre|envoyer|faire parvenir)|copie|acces (?:a|aux)|(?:voudrais|veux|souhaite|aimerais|peux|puis je|pouvoir)\b.{0,30}\b(?:voir|consulter|recevoir|obtenir|savoir|connaitre|avoir|acceder)|quelles sont`,
  fix: r`corrig\w*|rectifi\w*|modifi\w*|chang\w*|mettre a jour|mettez a jour|mise a jour|actualis\w*|erreurs?|fausses?|faux|inexact\w*|incorrect\w*|pas bonnes?|pas correct\w*|erron\w*|perime\w*|remplac\w*|mal (?:ecrit|orthographie|saisi)\w*|ancien\w*`,
  field: r`mon (?:\w+ )?(?:nom|prenom|nom de famille|numero(?: de telephone)?|telephone|mail|e ?mail|adresse(?: e ?mail| mail)?|patronyme)|ma date de naissance|mon adresse|(?:adresse|numero|nom|e ?mail) (?:\w+ ){0,3}a mon nom`,
  held: r`chez vous|dans (?:votre|vos|mon|ma) (?:systeme|fichiers?|base|profil|compte|fiche|dossiers?|registres?)|vous avez (?:\w+ ){0,5}(?:sur moi|a mon nom|de moi)`,
  freeze: r`gel\w*|bloqu\w*|limit\w*|suspend\w*|suspension|en pause|restrei\w*|verrouill\w*|restriction`,
  unused: r`(?:ne|n) (?:les |la |l )?(?:\w+ )?(?:utilis\w*|trait\w*|exploit\w*|analys\w*|serv\w*|soient|soit)|sans (?:les |vous en |vous )?(?:utiliser|servir|traiter|en servir)|plus exploite\w*`,
  meanwhile: r`le temps|pour l instant|pour le moment|jusqu|tant que|en attendant|provisoirement|temporairement|d ici la`,
  kept: r`gard\w*|conserv\w*|(?:n|ne) (?:\w+ )?(?:effac|supprim)\w*|sans (?:effacer|supprimer)`,
  move: r`export\w*|transfer\w*|portabilite|recuperer\b.{0,40}\b(?:autre|ailleurs|partir)|emport\w*|emmen\w*|lisible par machine|format (?:lisible|structure|portable)|migr\w*|transmett\w*|import\w*`,
  elsewhere: r`(?:autre|nouveau|nouvel|nouvelle) (?:\w+ )?(?:prestataire|fournisseur|operateur|societe|entreprise|service)|concurren\w*|ailleurs|a la societe`,
  oppose: r`oppose\w*|opposition|contre|pas d accord|ne veux pas|ne souhaite pas|refuse|interdis|n autorise pas|conteste|pas le droit`,
  use: r`utilis\w*|trait\w*|serv\w*|analys\w*|profil\w*|exploit\w*|entrain\w*|statistiqu\w*`,
  ends: r`statistiqu\w*|analys\w*|profil\w*|ia|entrain\w*|recherches?`,
  profiling: r`(?:arret\w*|cess\w*) de (?:me profiler|faire .{0,12}profil)|ne me profil\w*`,
  named: {
    access: r`droit d acces|demande d acces`,
    rectify: r`droit de rectification|droit a la rectification`,
    restrict: r`limitation du traitement|droit a la limitation`,
    port: r`portabilite (?:de mes|des) donnees|droit a la portabilite`,
    object: r`droit d opposition`,
  },
  otherwise: r`j ai (?:\w+ )?(?:modifie|change|corrige|mis a jour) (?:mes|moi)|je vous (?:\w+ )?(?:ai|envoie|donne|transmets|communique)|avez (?:bien )?recu|voici|securite|j entre|saisir|(?:vous avez|avez vous) besoin|perdu`,
  business: r`commandes?|factur\w*|recu|reservation|rendez vous|rdv|livraison|colis|expedition|prix|remboursement|bon d achat|panier|billets?|retour|suivi|donnees mobiles|techniques?|garantie|taille`,
};
