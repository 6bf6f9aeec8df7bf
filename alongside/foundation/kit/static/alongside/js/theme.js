(()=>{(()=>{let e=null;try{e=localStorage.getItem("theme")}catch{return}(e==="dark"||e==="light")&&(document.documentElement.dataset.theme=e)})();})();
